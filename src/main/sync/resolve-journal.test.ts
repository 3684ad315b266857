import { beforeEach, describe, expect, it } from 'vitest';
import { DOCUMENT, KEY, type TestDevice } from '../../../test/sync/sync-world';
import { settle, testDevices } from '../../../test/sync/test-devices';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { DocumentSync } from '../providers/contract';
import { ProviderError } from '../providers/errors';
import { readMessage, withTag } from './tag';

/** What becomes of a conflict that the host counted, wherever its resolution is cut short. */
const { world, deviceVia, versions } = testDevices();
type Resolve = DocumentSync['resolve'];
/** A device whose resolutions go this way, and whose view of the host's versions is this. */
const device = (resolve: (host: DocumentSync, ...args: Parameters<Resolve>) => ReturnType<Resolve> = (host, ...args) => host.resolve(...args), seen: (host: DocumentSync) => Partial<DocumentSync> = () => ({})): TestDevice =>
  deviceVia((host) => ({ ...seen(host), resolve: (...args) => resolve(host, ...args) }));
const open = async (): Promise<readonly unknown[]> => world.hostOf().conflicts(KEY, false, { signal: new AbortController().signal });
const closed = async (): Promise<readonly unknown[]> => world.hostOf().conflicts(KEY, true, { signal: new AbortController().signal });
const lost = (): ProviderError => new ProviderError(problemOf({ kind: 'network', message: 'unreachable', retryable: true, detail: 'lost on purpose' }, 0), true, 'never');
const failed = (error: unknown): void => expect(error).toBeInstanceOf(PicferryError);
class Killed extends Error {}
let gone = 0;

const START = { a: 1, b: 1, c: 1 };
const END = { a: 2, b: 2, c: 1 };
/** `first` has pushed an edit, and `second` has edited as well: its sync merges, and the host counts a conflict of it. */
const clash = async (first: TestDevice, second: TestDevice): Promise<void> => {
  first.write(START);
  await settle(first, second);
  first.write({ ...START, a: 2 });
  await first.sync();
  second.write({ a: 1, b: 2, c: 1 });
};
/** Pushes with one and the same tag are one. */
const logicalVersions = (): number => new Set(versions().map(({ message, version }) => readMessage(message).tag?.op ?? version)).size;

describe.each(['pushed', 'stored'] as const)('a conflict at a host where "local" is what was %s ends with one resolution', (localMeans) => {
  beforeEach(() => world.host.control.set({ wizs: { baseTracking: 'push', localMeans } }));
  const ended = async (...devices: readonly TestDevice[]): Promise<void> => {
    await settle(...devices);
    for (const one of devices) expect(one.read()).toEqual(END);
    expect([(await open()).length, (await closed()).length, logicalVersions()]).toEqual([0, 1, 3]);
    world.asked();
    for (const one of devices) expect(await one.sync()).toMatchObject({ state: 'clean', openConflicts: 0 });
    expect(world.asked().filter((call) => call === 'json-push' || call === 'json-resolve')).toEqual([]);
  };
  it.each([
    ['before the host has it', false],
    ['after the host has it', true],
  ])('though the answer is lost %s', async (_when, afterWork) => {
    const [a, b] = [device(), device()];
    await clash(a, b);
    world.host.control.failNext({ call: 'json-resolve', status: 500, afterWork });
    await b.sync().catch(failed);
    expect(await open()).toHaveLength(afterWork ? 0 : 1);
    await ended(b, a);
  });
  it('wherever it is killed, with and without another device that resolves in between', { timeout: 120_000 }, async () => {
    const reached: string[] = [];
    /** Gives whether a conflict was still open when it was killed. */
    const scene = async (n: number, inBetween: boolean): Promise<boolean> => {
      await world.host.control.reset();
      world.host.control.set({ wizs: { baseTracking: 'push', localMeans } });
      const [a, b] = [device(), device()];
      await clash(a, b);
      let left = n;
      b.restart((point) => {
        if (n === Infinity) reached.push(point);
        if ((left -= 1) <= 0) throw new Killed(point);
      });
      await b.sync().catch((error: unknown) => expect(error).toBeInstanceOf(Killed));
      b.restart();
      const [conflict] = (await open()) as readonly { readonly id: number }[];
      if (inBetween && conflict !== undefined) {
        // Whoever it is has the newest version, and takes it for what is right.
        await world.hostOf().resolve(conflict.id, 'custom', versions().at(-1)?.content ?? '', { signal: new AbortController().signal });
      }
      await ended(b, a);
      return conflict !== undefined;
    };
    await scene(Infinity, false);
    expect(reached).toEqual(expect.arrayContaining(['before-resolve', 'after-resolve']));
    for (let n = 1; n <= reached.length; n += 1) if (await scene(n, false)) await scene(n, true);
  });
  it.each(['keep_local', 'keep_remote'] as const)('though somebody has ended it by %s just before: that was meant, and all have what came of it', async (action) => {
    let before = true;
    const a = device();
    const b = device(async (host, id, ...rest) => {
      if (before) await world.hostOf().resolve(id, action, null, { signal: new AbortController().signal });
      before = false;
      return host.resolve(id, ...rest);
    });
    await clash(a, b);
    await settle(b, a);
    const kept = (action === 'keep_local') === (localMeans === 'pushed') ? END : { ...START, a: 2 };
    expect([a.read(), b.read(), (await open()).length, (await closed()).length]).toEqual([kept, kept, 0, 1]);
    // What was let go is a version that can be put back.
    expect(versions().map(({ content }) => JSON.parse(content) as unknown)).toContainEqual(END);
  });
});

describe('a resolution is known again', () => {
  beforeEach(() => world.host.control.set({ wizs: { baseTracking: 'push' } }));
  const other = (content: object): void =>
    void world.host.control.documents.pushAs({ file_key: KEY, device_id: 'gone', content, message: withTag('', { op: `GONE${(gone += 1)}`, base: versions().length, merged: [], digest: '0' }, null) });
  /** The host's versions where what a resolution makes has other words than those of the embedded host. */
  const inOtherWords = (host: DocumentSync): Partial<DocumentSync> => {
    const plain = <T extends { readonly message: string; readonly deviceId: string | null }>(row: T): T => (row.message.startsWith('Resolved conflict') ? { ...row, message: 'settled', deviceId: null } : row);
    return {
      history: async (...args) => {
        const found = await host.history(...args);
        return found === null ? null : { ...found, versions: found.versions.map(plain) };
      },
      version: async (...args) => {
        const found = await host.version(...args);
        return found === null ? null : plain(found);
      },
    };
  };
  it.each([
    ['with its answer', false],
    ['without an answer', true],
  ])('%s, at a host that names it in words of its own: what somebody pushed just before it stays', async (_what, loses) => {
    let raced = false;
    const a = device(undefined, inOtherWords);
    const b = device(async (host, ...args) => {
      if (raced) return host.resolve(...args);
      raced = true;
      other({ ...END, c: 2 });
      const receipt = await host.resolve(...args);
      if (loses) throw lost();
      return receipt;
    }, inOtherWords);
    await clash(a, b);
    await b.sync().catch(failed);
    const [before, , after] = versions().slice(2);
    expect(after).toMatchObject({ message: 'Resolved conflict #1: resolve_custom', content: before?.content });
    await settle(b, a);
    for (const one of [a, b]) expect(one.read()).toEqual({ ...END, c: 2 });
  });
  it.each([
    ['keep_local', 'pushed'],
    ['keep_local', 'stored'],
    ['keep_remote', 'pushed'],
    ['keep_remote', 'stored'],
  ] as const)('where a host takes %s of what was %s for the document it was given: the document is sent once more', async (action, localMeans) => {
    world.host.control.set({ wizs: { localMeans } });
    const a = device();
    const b = device((host, id, _action, _text, call) => host.resolve(id, action, null, call));
    await clash(a, b);
    await settle(b, a);
    for (const one of [a, b]) expect(one.read()).toEqual(END);
    expect(b.service.status(DOCUMENT)).toMatchObject({ state: 'clean' });
  });
  it('where a host takes an older push of ours for it, that another had overwritten: nothing of theirs goes', async () => {
    let raced = false;
    const a = device();
    const b = deviceVia((host) => ({
      push: async (...args) => {
        if (!raced) other({ ...START, a: 2, c: 3 });
        raced = true;
        return host.push(...args);
      },
      resolve: (id, _action, _text, call) => host.resolve(id, 'keep_local', null, call),
    }));
    await clash(a, b);
    await settle(b, a);
    for (const one of [a, b]) expect(one.read()).toEqual({ ...END, c: 3 });
  });
});

it('is not ended over a version that came since it was looked for', async () => {
  world.host.control.set({ wizs: { baseTracking: 'push' } });
  const a = device();
  let came = false;
  const b = device(undefined, (host) => ({
    conflicts: async (...args) => {
      const found = await host.conflicts(...args);
      if (!came) await edit();
      return found;
    },
  }));
  const edit = async (): Promise<void> => {
    came = true;
    await a.sync();
    a.write({ ...END, c: 2 });
    await a.sync();
  };
  await clash(a, b);
  await b.sync();
  expect(came).toBe(true);
  const contents = versions().map(({ content }) => JSON.parse(content) as unknown);
  // From the edit on, each version at the host has it.
  expect(contents.slice(contents.findIndex((one) => (one as { c: number }).c === 2))).toEqual([{ ...END, c: 2 }]);
  await settle(b, a);
  expect([a.read(), b.read(), await open()]).toEqual([{ ...END, c: 2 }, { ...END, c: 2 }, []]);
});
