import { describe, expect, it } from 'vitest';
import { DOCUMENT, KEY } from '../../../test/sync/sync-world';
import { testDevices } from '../../../test/sync/test-devices';

const { world, device, withVersions, contents } = testDevices();

describe('what a person lets be written over the file can be taken back to the letter', () => {
  it('a version that was put back and sent: as a further version', async () => {
    const a = await withVersions({ x: 1 }, { x: 2 });
    a.writeText('{\n\t"x": 2.0,\n\t"unsent": 1\n}\n');
    await a.service.restore(DOCUMENT, 1);
    await a.sync();
    expect(await a.service.takeBack(DOCUMENT)).toBe(true);
    expect(a.text()).toBe('{\n\t"x": 2.0,\n\t"unsent": 1\n}\n');
    expect(await a.sync()).toMatchObject({ state: 'clean', version: 4 });
    expect(contents().at(-1)).toEqual({ x: 2, unsent: 1 });
  });

  it('a version that was put back and is not sent yet: with its note, as if nothing had been', async () => {
    const a = await withVersions({ x: 1 }, { x: 2 });
    await a.service.restore(DOCUMENT, 1, null, { note: 'From version 1' });
    expect(await a.service.takeBack(DOCUMENT)).toBe(true);
    expect(await a.sync()).toMatchObject({ state: 'clean', version: 2 });
    a.write({ x: 3 });
    await a.sync();
    expect((await a.service.history(DOCUMENT, 1)).rows[0]).toMatchObject({ version: 3, note: '', marks: ['here'] });
  });

  it("the host's document at the first meeting: which then waits for the person again, with nothing sent", async () => {
    await withVersions({ there: 1 });
    const b = device({ add: false });
    b.writeText('{ "here": 1 }');
    b.service.add(DOCUMENT, b.file, { ask: true });
    await b.sync();
    await b.service.begin(DOCUMENT, 'use-cloud');
    await b.sync();
    expect(b.read()).toEqual({ there: 1 });
    expect(await b.service.takeBack(DOCUMENT)).toBe(true);
    expect(b.text()).toBe('{ "here": 1 }');
    expect(await b.sync()).toMatchObject({ state: 'first-choice', version: null });
    expect(contents()).toEqual([{ there: 1 }]);
    await b.service.begin(DOCUMENT, 'merge');
    expect(await b.sync()).toMatchObject({ state: 'clean' });
    expect(b.read()).toEqual({ there: 1, here: 1 });
  });

  it('the older document of a host: as a new version there', async () => {
    const a = await withVersions({ n: 1 }, { n: 2 }, { n: 3, more: 1 });
    const before = a.text();
    world.host.control.documents.rollBack({ file_key: KEY, version: 1 });
    await a.sync();
    await a.service.resolve(a.service.conflicts()[0]?.id ?? '', { take: 'theirs' });
    await a.sync();
    expect(a.read()).toEqual({ n: 1 });
    expect(await a.service.takeBack(DOCUMENT)).toBe(true);
    expect(a.text()).toBe(before);
    expect(await a.sync()).toMatchObject({ state: 'clean', version: 2 });
    expect(contents()).toEqual([{ n: 1 }, { n: 3, more: 1 }]);
  });

  it('never over a later edit', async () => {
    const a = await withVersions({ x: 1 }, { x: 2 });
    await a.service.restore(DOCUMENT, 1);
    a.write({ x: 'later' });
    expect(await a.service.takeBack(DOCUMENT)).toBe(false);
    expect(a.read()).toEqual({ x: 'later' });
  });
});
