import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Said } from '../../../library';
import { digestOf, PartFiles } from './part-files';

let folder: string;
let files: PartFiles;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-parts-'));
  files = new PartFiles(folder, 'device', { rows: 10, bytes: 2000 });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const said = (id: string, part: number | null, note: string | null): Said => ({
  id,
  part,
  row: note === null ? null : { note: { v: note, n: 1, by: 'device' } },
  change: { nr: 1, here: 'shown', state: {} },
});
const sizes = (): readonly number[] => files.numbers().map((part) => statSync(files.path(part)).size);
const rowsIn = (part: number): readonly string[] => Object.keys(files.read(part) ?? {});

describe('the parts of a library', () => {
  it('hold so many records each, and so many bytes', async () => {
    await files.put(Array.from({ length: 25 }, (_, at) => said(`r${at}`, null, 'x')));
    expect(files.numbers().map((part) => rowsIn(part).length)).toEqual([10, 10, 5]);
    await files.put(Array.from({ length: 4 }, (_, at) => said(`long${at}`, null, 'y'.repeat(900))));
    expect(Math.max(...sizes())).toBeLessThan(2200);
  });
  it('keep a record where it is while there is room, and let it go when it is said no more', async () => {
    await files.put([said('a', null, 'x'), said('b', null, 'x')]);
    const [edited, gone] = await files.put([said('a', 1, 'changed'), said('b', 1, null)]);
    expect([edited?.part, gone?.part, files.read(1)]).toEqual([1, null, { a: { note: { v: 'changed', n: 1, by: 'device' } } }]);
  });
  it('give a record that grew another place instead of growing without end', async () => {
    await files.put(Array.from({ length: 9 }, (_, at) => said(`r${at}`, null, 'x'.repeat(80))));
    const [moved] = await files.put([said('r0', 1, 'x'.repeat(1500))]);
    expect([moved?.part, rowsIn(1).includes('r0'), rowsIn(2)]).toEqual([2, false, ['r0']]);
  });
  it('are written only where something changed', async () => {
    await files.put(Array.from({ length: 20 }, (_, at) => said(`r${at}`, null, 'x')));
    const before = readFileSync(files.path(1), 'utf8');
    writeFileSync(files.path(1), ` ${before}`);
    await files.put([said('r15', 2, 'changed'), said('new', null, 'x')]);
    expect([readFileSync(files.path(1), 'utf8').startsWith(' '), files.numbers()]).toEqual([true, [1, 2, 3]]);
  });
  it('have the same digest whatever the order and spelling of the file', () => {
    expect(digestOf({ a: { x: 1, y: 2 }, b: {} })).toBe(digestOf({ b: {}, a: { y: 2, x: 1.0 } }));
  });
  it('are read as empty where a host made a list of nothing', () => {
    writeFileSync(files.contentsPath, '{"format":1,"device":"d","name":"n","parts":[]}');
    expect(files.contents()).toEqual({ device: 'd', name: 'n', parts: {} });
  });
});
