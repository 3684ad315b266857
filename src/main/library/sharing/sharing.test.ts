import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { newUpload, openLibraryWorld, query, type LibraryWorld } from '../../../../test/library/library-world';
import { joinMarks, readRows, SharedMarks, type SharedRow } from './shared-row';

const RUNS = process.env['PICFERRY_LONG'] === '1' ? 100_000 : 2000;
const WORLD_RUNS = process.env['PICFERRY_LONG'] === '1' ? 2000 : 40;

const by = fc.constantFrom('a', 'b', 'c');
const n = fc.integer({ min: 1, max: 4 });
const marks = fc
  .record(
    {
      life: fc.record({ gone: fc.boolean(), n, by }),
      tags: fc.record({ v: fc.array(fc.constantFrom('cat', 'dog'), { maxLength: 2 }), n, by }),
      note: fc.record({ v: fc.constantFrom('', 'one', 'two'), n, by }),
      album: fc.record({ v: fc.constantFrom(null, 'Pets', 'Trips'), n, by }),
      remote: fc.record({ v: fc.constantFrom('online' as const, 'deleted' as const), n, by }),
    },
    { requiredKeys: [] },
  )
  .map((one) => SharedMarks.parse(one));

describe('what devices say of a record', () => {
  it('is the same joined in any order, in any groups and however often', () => {
    fc.assert(
      fc.property(marks, marks, marks, (a, b, c) => {
        expect(joinMarks(a, b)).toEqual(joinMarks(b, a));
        expect(joinMarks(joinMarks(a, b), c)).toEqual(joinMarks(a, joinMarks(b, c)));
        expect(joinMarks(joinMarks(a, b), a)).toEqual(joinMarks(a, b));
      }),
      { numRuns: RUNS },
    );
  });
  it('stays deleted whatever is said without knowing of the deletion', () => {
    fc.assert(
      fc.property(fc.array(marks), marks, by, (others, known, device) => {
        const said = others.map((one): SharedMarks => (one.life === undefined ? one : { ...one, life: { ...one.life, n: Math.min(one.life.n, (known.life?.n ?? 0) + 1) } }));
        const gone: SharedMarks = { ...known, life: { gone: true, n: (known.life?.n ?? 0) + 1, by: device } };
        const rest = said.reduce(joinMarks, {});
        expect(joinMarks(rest, gone).life?.gone).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });
});

const worlds: LibraryWorld[] = [];
afterEach(() => worlds.splice(0).forEach((world) => world.close()));

/** A device with a share of the library that is handed to others without any host between. */
class Device {
  readonly world = openLibraryWorld();
  readonly part = new Map<string, SharedRow>();
  constructor(readonly name: string) {
    worlds.push(this.world);
    this.world.sharing.switchOn('wiz', name);
  }
  async begin(): Promise<this> {
    await this.world.sharing.begin('merge');
    return this;
  }
  async say(): Promise<ReadonlyMap<string, SharedRow>> {
    const { sharing } = this.world;
    for (let said = sharing.next(this.name, 50); said.length > 0; said = sharing.next(this.name, 50)) {
      for (const { id, row } of said) {
        if (row === null) this.part.delete(id);
        else if (row !== undefined) this.part.set(id, row);
      }
      await sharing.told(this.name, said.map((one) => ({ said: one, part: one.row === null ? null : one.row === undefined ? one.part : 1 })));
    }
    // As it travels: text, read by a device that trusts nobody.
    return readRows(JSON.parse(JSON.stringify(Object.fromEntries(this.part))) as Record<string, unknown>);
  }
  async hear(from: Device, rows: ReadonlyMap<string, SharedRow>): Promise<void> {
    await this.say();
    await this.world.sharing.take(from.name, rows);
  }
  shown(): unknown {
    const albums = new Map(this.world.albums.list().map(({ id, name }) => [id, name]));
    return this.world.library
      .rows(query(), 0, 1000)
      .map(({ id, tags, localAlbumId, remoteState }) => ({ id, tags, album: localAlbumId === null ? null : albums.get(localAlbumId), remoteState, note: this.world.library.details(id)?.note }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }
}

type Act = { readonly who: 0 | 1 | 2; readonly what: 'add' | 'remove' | 'everywhere' | 'undo' | 'tag' | 'note' | 'album' | 'hear'; readonly which: number; readonly value: string };
const acts = fc.array(
  fc.record<Act>({
    who: fc.constantFrom(0, 1, 2),
    what: fc.constantFrom('add', 'add', 'everywhere', 'undo', 'tag', 'note', 'album', 'hear', 'hear'),
    which: fc.integer({ min: 0, max: 3 }),
    value: fc.constantFrom('x', 'y', 'Z'),
  }),
  { maxLength: 25 },
);

const act = async (devices: readonly Device[], undos: Map<number, string[]>, { who, what, which, value }: Act): Promise<void> => {
  const device = devices[who] as Device;
  const { library, albums } = device.world;
  const ids = [`${which}`];
  if (what === 'hear') {
    const other = devices[which % 3] as Device;
    if (other !== device) await device.hear(other, await other.say());
  } else if (what === 'add') library.addMany([newUpload({ id: `${which}`, deleteUrl: `https://h.example/delete/SECRET-${which}`, tags: [value] })]);
  else if (what === 'everywhere') undos.set(who, [...(undos.get(who) ?? []), (await library.remove({ ids }, { everywhere: true })).undo]);
  else if (what === 'undo') {
    const undo = undos.get(who)?.pop();
    if (undo !== undefined) await library.undoRemove(undo);
  } else if (what === 'tag') await library.tag({ ids }, [value], []);
  else if (what === 'note') library.setNote(`${which}`, value);
  else if (library.byId(`${which}`) !== undefined) await albums.move({ ids }, (await albums.createAll([value]))[0] ?? null);
};

describe('libraries of three devices', () => {
  it('end the same, whatever was done where and heard in which order, and no part ever has a delete link', async () => {
    await fc.assert(
      fc.asyncProperty(acts, fc.shuffledSubarray([0, 1, 2, 0, 1, 2, 0, 1, 2], { minLength: 9 }), async (all, order) => {
        const devices = await Promise.all(['a', 'b', 'c'].map((name) => new Device(name).begin()));
        const undos = new Map<number, string[]>();
        for (const one of all) await act(devices, undos, one);
        for (const who of [...order, 0, 1, 2, 0, 1, 2]) {
          const listener = devices[who] as Device;
          for (const other of devices) if (other !== listener) await listener.hear(other, await other.say());
        }
        const [a, b, c] = devices.map((device) => device.shown());
        expect(b).toEqual(a);
        expect(c).toEqual(a);
        expect(JSON.stringify(devices.map(({ part }) => [...part]))).not.toContain('SECRET');
        for (const device of devices) expect(device.world.sharing.waiting()).toBe(0);
        worlds.splice(0).forEach((world) => world.close());
      }),
      { numRuns: WORLD_RUNS },
    );
  }, 120_000);
});

const two = async (): Promise<readonly [Device, Device]> => {
  const [a, b] = [await new Device('a').begin(), await new Device('b').begin()];
  a.world.library.addMany([newUpload({ id: 'of-a', deleteUrl: 'https://h.example/delete/SECRET' })]);
  await b.hear(a, await a.say());
  return [a, b];
};

describe('a record of another device', () => {
  it('comes late to one that deleted it everywhere, and stays away', async () => {
    const [a, b] = await two();
    const before = await a.say();
    await b.world.library.remove({ ids: ['of-a'] }, { everywhere: true });
    await b.hear(a, before);
    expect(b.shown()).toEqual([]);
    await a.hear(b, await b.say());
    expect([a.shown(), [...(await a.say())]]).toEqual([[], []]);
  });
  it('comes back for all when one imports it again after it was deleted everywhere', async () => {
    const [a, b] = await two();
    await b.world.library.remove({ ids: ['of-a'] }, { everywhere: true });
    await a.hear(b, await b.say());
    a.world.library.addMany([newUpload({ id: 'of-a', came: 'imported' })]);
    await b.hear(a, await a.say());
    expect([a.shown(), b.shown()]).toMatchObject([[{ id: 'of-a' }], [{ id: 'of-a' }]]);
  });
  it('is not told of with anything but what was changed of it here', async () => {
    const [a, b] = await two();
    b.world.library.setNote('of-a', 'mine');
    expect([...(await b.say())]).toEqual([['of-a', { note: { v: 'mine', n: 1, by: 'b' } }]]);
    await a.hear(b, await b.say());
    expect([...(await a.say()).keys()]).toEqual(['of-a']);
    expect((await a.say()).get('of-a')).not.toHaveProperty('note');
  });
  it('cannot bring a link that is no web address, nor what stands beside its facts', async () => {
    const [a, b] = await two();
    const evil = { facts: { accountId: 'x', accountName: 'x', provider: 'smms', name: 'x', kind: 'image', bytes: 1, sha256: 'x', uploadedAt: 1, url: 'javascript:alert(1)', deleteUrl: 'https://h.example/delete/SECRET', thumb: '../../x' } };
    await b.hear(a, readRows({ evil, broken: { facts: 7 }, huge: { note: { v: 'x', n: 2 ** 60, by: 'a' } } }));
    expect(b.world.library.byId('evil')).toMatchObject({ url: null, thumb: null, hasDeleteLink: false });
    expect(b.world.library.byId('broken')).toBeUndefined();
  });
  it('is the one that is here already when it is the same picture of the same account', async () => {
    const [a, b] = [await new Device('a').begin(), await new Device('b').begin()];
    a.world.library.addMany([newUpload({ id: 'one', url: 'https://h.example/i/same.png' })]);
    b.world.library.addMany([newUpload({ id: 'two', url: 'https://h.example/i/same.png' })]);
    await b.hear(a, await a.say());
    await a.hear(b, await b.say());
    expect([a.shown(), b.shown()]).toMatchObject([[{ id: 'one' }], [{ id: 'two' }]]);
  });
  it('cannot be deleted at its host here, and the sentence says where', async () => {
    const [a, b] = await two();
    b.world.sharing.nameDevice('a', 'Desk');
    const [result] = await b.world.library.delete(['of-a'], new AbortController().signal);
    expect(result).toMatchObject({ status: 'failed', problem: { message: 'deleteLinkElsewhere', params: { device: 'Desk' } } });
    expect(a.world.library.deleteLink('of-a')).toBe('https://h.example/delete/SECRET');
  });
  it('stays at its own computer when it opens only there', async () => {
    const [a, b] = [await new Device('a').begin(), await new Device('b').begin()];
    a.world.library.addMany([newUpload({ id: 'local', accountId: 'this-computer' }), newUpload({ id: 'next', accountId: 'a-profile', provider: 'picferry', url: 'http://127.0.0.1:4712/next.png' })]);
    expect(a.world.library.byId('next')?.onlyThisComputer).toBe(true);
    expect(await a.world.sharing.untold()).toBe(0);
    await b.hear(a, await a.say());
    expect([[...a.part], b.shown()]).toEqual([[], []]);
  });
});
