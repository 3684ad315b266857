import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DOCUMENT, type TestDevice } from '../../../test/sync/sync-world';
import { testDevices } from '../../../test/sync/test-devices';

const { device, pair, contents } = testDevices();

const folderOf = ({ folder }: TestDevice): string => {
  const [account = ''] = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return join(folder, account);
};
const recordOf = (one: TestDevice): unknown => {
  const [name = ''] = readdirSync(folderOf(one));
  return JSON.parse(readFileSync(join(folderOf(one), name, 'record.json'), 'utf8')) as unknown;
};

/** With two open places, one of them decided, a note and a pause. */
const busy = async (): Promise<TestDevice> => {
  const [a, b] = await pair({ x: 1, y: 1 });
  b.write({ x: 'b', y: 'b' });
  await b.sync();
  a.write({ x: 'a', y: 'a' });
  expect(await a.sync()).toMatchObject({ state: 'conflict', openConflicts: 2 });
  const [first] = a.service.conflicts();
  await a.service.resolve(first?.id ?? '', { take: 'theirs' });
  await a.service.keepNote(DOCUMENT, 'said before');
  await a.service.pause(DOCUMENT, true);
  return a;
};

describe('a document that was set aside', () => {
  it('is no document, and stands exactly as it did when it is brought back: base, open places, decisions, note and pause', async () => {
    const a = await busy();
    const [before, status] = [recordOf(a), a.service.status(DOCUMENT)];
    await a.service.setAside(DOCUMENT);
    expect([a.service.list(), a.service.conflicts()]).toEqual([[], []]);
    expect(a.service.bringBack(DOCUMENT)).toEqual(status);
    expect(recordOf(a)).toEqual(before);
    expect(a.service.conflicts()).toHaveLength(1);
    await a.service.resolve(a.service.conflicts()[0]?.id ?? '', { take: 'mine' });
    await a.service.pause(DOCUMENT, false);
    expect(await a.sync()).toMatchObject({ state: 'clean' });
    expect(contents().at(-1)).toEqual(a.read());
  });
  it('comes back as well after the engine was started anew', async () => {
    const a = await busy();
    const before = recordOf(a);
    await a.service.setAside(DOCUMENT);
    a.restart();
    expect(a.service.list()).toEqual([]);
    expect(a.service.bringBack(DOCUMENT)).toMatchObject({ state: 'conflict', openConflicts: 1, paused: true, note: 'said before' });
    expect(recordOf(a)).toEqual(before);
  });
  it('leaves nothing behind once it is forgotten, and no other document is touched', async () => {
    const a = await busy();
    a.service.add({ ...DOCUMENT, fileKey: 'other' }, `${a.file}.other`);
    await a.service.setAside(DOCUMENT);
    a.service.forgetAside();
    expect(readdirSync(folderOf(a))).toHaveLength(1);
    expect(() => a.service.bringBack(DOCUMENT)).toThrow(expect.objectContaining({ problem: expect.objectContaining({ message: 'syncNoDocument' }) as unknown }) as Error);
    a.restart();
    expect(a.service.list()).toMatchObject([{ fileKey: 'other' }]);
  });
  it('gives way to a new document of its key, which stands on nothing of it', async () => {
    const a = await busy();
    await a.service.setAside(DOCUMENT);
    expect(a.service.add(DOCUMENT, a.file)).toMatchObject({ state: 'new', version: null, note: '', paused: false });
    const [name = ''] = readdirSync(folderOf(a));
    expect(existsSync(join(folderOf(a), name, 'aside.json'))).toBe(false);
    expect(() => a.service.bringBack(DOCUMENT)).toThrow();
  });
  it('stays aside while its file is another document’s', async () => {
    const a = device();
    a.write({ x: 1 });
    await a.sync();
    await a.service.setAside(DOCUMENT);
    a.service.add({ ...DOCUMENT, fileKey: 'other' }, a.file);
    expect(() => a.service.bringBack(DOCUMENT)).toThrow(expect.objectContaining({ problem: expect.objectContaining({ message: 'syncFileTaken' }) as unknown }) as Error);
    await a.service.remove({ ...DOCUMENT, fileKey: 'other' });
    expect(a.service.bringBack(DOCUMENT)).toMatchObject({ state: 'clean', version: 1 });
  });
});
