import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createApiTokens, type ApiTokens } from './tokens';

let folder: string;
let now: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-tokens-'));
  now = 1_700_000_000_000;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

let ids = 0;
const path = (): string => join(folder, 'api-tokens.json');
const open = (): ApiTokens => createApiTokens({ path: path(), now: () => now, newId: () => `id-${(ids += 1)}` });

it('are found again by the next start, each by itself alone, and differ whoever asks', () => {
  const first = open();
  const made = ['a', 'b', 'c'].map((name) => first.add(name, ['upload', 'upload']));
  expect(new Set(made.map(({ token }) => token)).size).toBe(3);
  const second = open();
  for (const { token, info } of made) expect(second.find(token)).toEqual({ ...info, scopes: ['upload'] });
  for (const wrong of ['', 'pf_', `${made[0]?.token ?? ''} `, (made[0]?.token ?? '').slice(0, -1), (made[0]?.token ?? '').toUpperCase()]) expect(second.find(wrong)).toBeNull();
  expect(second.remove('b')).toBe(true);
  expect(second.remove('b')).toBe(false);
  expect(open().list().map(({ name }) => name)).toEqual(['a', 'c']);
});

it('keep the time of their last use to the minute, so that requests do not wear the disk', () => {
  const tokens = open();
  const { info } = tokens.add('a', ['upload']);
  let told = 0;
  tokens.onChange(() => (told += 1));
  tokens.used(info.id);
  now += 59_000;
  tokens.used(info.id);
  expect([tokens.list()[0]?.lastUsedAt, told]).toEqual([now - 59_000, 1]);
  now += 1000;
  tokens.used(info.id);
  tokens.used('nobody');
  expect([open().list()[0]?.lastUsedAt, told]).toEqual([now, 2]);
});

it('whose file is damaged let nobody in, and the file is kept aside when a new one is made', () => {
  const { token } = open().add('a', ['upload']);
  const whole = readFileSync(path(), 'utf8');
  for (const damaged of [whole.slice(0, 40), '[]', whole.replace(/"hash": "[0-9a-f]{8}/, '"hash": "zzzzzzzz'), '']) {
    writeFileSync(path(), damaged);
    expect(open().find(token)).toBeNull();
    expect(open().list()).toEqual([]);
  }
  writeFileSync(path(), 'damaged');
  open().add('b', ['delete']);
  expect(readFileSync(`${path()}.damaged`, 'utf8')).toBe('damaged');
  expect(open().list().map(({ name }) => name)).toEqual(['b']);
});

it('that cannot be saved are not made', () => {
  const nowhere = createApiTokens({ path: join(folder, 'gone', 'tokens.json'), now: () => now, newId: () => 'id' });
  expect(() => nowhere.add('a', ['upload'])).toThrow('tokensNotSaved');
  expect(nowhere.list()).toEqual([]);
  expect(existsSync(join(folder, 'gone'))).toBe(false);
  expect(readdirSync(folder)).toEqual([]);
});
