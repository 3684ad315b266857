import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Settings } from '../../shared/model/settings';
import { readEarlySettings } from './early-settings';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'early-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const read = (text: string) => {
  const file = join(folder, 'settings.json');
  writeFileSync(file, text);
  return readEarlySettings(file);
};

const fresh = { theme: 'system', language: 'system', window: null };

/** Right values, wrong ones and none, for each of the fields that the start reads. */
const stored = fc.record(
  {
    theme: fc.constantFrom('system', 'light', 'dark', 'contrast', 'pink', 7),
    language: fc.constantFrom('system', 'en', 'zh-CN', 'fr', null),
    window: fc.oneof(
      fc.record({ x: fc.integer(), y: fc.integer(), width: fc.double({ noNaN: true, noDefaultInfinity: true }), height: fc.integer(), display: fc.string() }),
      fc.constantFrom(null, 'left', [], { x: 1, y: 2, width: 3, height: '4', display: '' }),
    ),
    railOpen: fc.boolean(),
  },
  { requiredKeys: [] },
);

test('reads from every file that the schema takes what the schema reads', () => {
  let taken = 0;
  fc.assert(
    fc.property(stored, (value) => {
      const text = JSON.stringify(value);
      const parsed = Settings.safeParse(JSON.parse(text));
      const early = read(text);
      if (!parsed.success) return;
      taken += 1;
      const { theme, language, window } = parsed.data;
      expect(early).toEqual({ theme, language, window });
    }),
  );
  expect(taken).toBeGreaterThan(0);
});

test.each([
  ['no JSON', '{"theme":'],
  ['no object', '"dark"'],
  ['null', 'null'],
  ['values of other kinds', '{"theme":1,"language":{},"window":{"x":0,"y":0,"width":"wide","height":1,"display":""}}'],
])('gives the defaults for %s', (_, text) => {
  expect(read(text)).toEqual(fresh);
});

test('gives the defaults where there is no file', () => {
  expect(readEarlySettings(join(folder, 'none.json'))).toEqual(fresh);
});

test('keeps what is right beside what is wrong', () => {
  expect(read('{"theme":"dark","language":"fr","window":null}')).toEqual({ ...fresh, theme: 'dark' });
});
