import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createReadThumb } from './read-thumb';

const NOW = Date.UTC(2026, 0, 1);
let folder: string;
let missing: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-read-thumb-'));
  missing = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (name: string) => createReadThumb({ folder, now: () => NOW, onMissing: (gone) => void missing.push(gone) })(name);
const content = Buffer.from('small picture');
const name = `${createHash('sha256').update(content).digest('hex')}.webp`;

test('reads a whole thumbnail and notes that it was shown, at most once a day', async () => {
  writeFileSync(join(folder, name), content);
  for (const [ageMs, renewed] of [[3_600_000, false], [30 * 3_600_000, true]] as const) {
    const then = new Date(NOW - ageMs);
    utimesSync(join(folder, name), then, then);
    expect(Buffer.from((await read(name)) ?? [])).toEqual(content);
    expect(statSync(join(folder, name)).mtimeMs).toBe(renewed ? NOW : then.getTime());
  }
  expect(missing).toEqual([]);
});

test.each([['nothing', ''], ['half', 'small p'], ['zeros', '\0'.repeat(13)]])('never shows a thumbnail of which %s is left, takes it away and says so', async (_, left) => {
  writeFileSync(join(folder, name), left);
  expect(await read(name)).toBeUndefined();
  expect([missing, readdirSync(folder)]).toEqual([[name], []]);
});

test('says of a thumbnail that is not there that it is missing', async () => {
  expect(await read(name)).toBeUndefined();
  expect(missing).toEqual([name]);
});
