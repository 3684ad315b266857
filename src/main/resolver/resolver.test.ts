import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PicferryError } from '../../lib/picferry-error';
import type { Decided, ItemFilter, ResolverView } from '../../shared/model/resolver';
import type { Child, ChildProcessPort } from '../services';
import type { OpenSides } from '../sync';
import { createResolver } from './create-resolver';
import { Desk } from './desk';
import type { ResolverDocuments } from './documents';

const DOCUMENT = { account: 'a', fileKey: 'k' };
const ALL: ItemFilter = { show: 'all', kind: null, text: '' };

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'picferry-resolver-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Processes that run in this one, as the real one answers: by the same desk, over cloned messages. */
const deskChildren = () => {
  const exits = new Set<(code: number | null) => void>();
  const killed: boolean[] = [];
  const children: ChildProcessPort = {
    start: (): Child => {
      const desk = new Desk({ now: Date.now, after: (ms, act) => ((timer) => () => clearTimeout(timer))(setTimeout(act, ms)) });
      let take: (message: unknown) => void = () => undefined;
      return {
        send: (message) => {
          const { id, ask, input } = structuredClone(message) as { id: number; ask: string; input: unknown };
          queueMicrotask(() => {
            try {
              take({ id, ok: true, value: structuredClone(desk.answer(ask, input)) });
            } catch (error) {
              take({ id, ok: false, why: String(error) });
            }
          });
        },
        onMessage: (listener) => ((take = listener), () => (take = () => undefined)),
        onExit: (listener) => (exits.add(listener), () => exits.delete(listener)),
        held: () => null,
        kill: () => void killed.push(true),
      };
    },
  };
  return { children, killed, die: () => [...exits].forEach((listener) => listener(1)) };
};

/** Documents with one merge that waits, of which a test changes the texts. */
const waitingMerge = (base: unknown, mine: unknown, theirs: unknown) => {
  let stamp = 0;
  const file = (name: string, value: unknown): { path: string } => {
    const path = join(folder, `${name}-${String(stamp)}.gz`);
    writeFileSync(path, gzipSync(JSON.stringify(value)));
    return { path };
  };
  let sides: OpenSides | null = null;
  const settled: { readonly text: unknown; readonly decisions: readonly unknown[] }[] = [];
  const listeners = new Set<() => void>();
  const set = (b: unknown, m: unknown, t: unknown): void => {
    stamp += 1;
    sides = { stamp: String(stamp), base: b === null ? null : file('b', b), mine: file('m', m), theirs: file('t', t), policy: { fileKey: 'k' }, theirsVersion: stamp + 1, theirsDevice: 'd', choices: {} };
  };
  set(base, mine, theirs);
  const documents = {
    sides: vi.fn(async () => sides),
    settle: vi.fn(async (_document: unknown, { stamp: of, result, decisions }: Parameters<ResolverDocuments['settle']>[1]) => {
      if (of !== sides?.stamp) return false;
      settled.push({ text: JSON.parse(gunzipSync(readFileSync(result.path)).toString('utf8')) as unknown, decisions });
      sides = null;
      return true;
    }),
    takeBack: async () => 'back' as const,
    onChange: (listener: () => void) => (listeners.add(listener), () => void listeners.delete(listener)),
    view: () => ({ documents: [{ ...DOCUMENT, path: '/home/me/notes.json' }], device: { id: 'me', name: 'Desk' } }),
    history: async () => ({ rows: [{ version: stamp + 1, deviceName: 'Laptop', deviceId: 'd', createdAt: '2026-11-28 12:00', note: 'dark theme' }] }),
  };
  return {
    documents: documents as unknown as ResolverDocuments,
    settled,
    change: (...[b, m, t]: readonly [unknown, unknown, unknown]): void => {
      set(b, m, t);
      listeners.forEach((listener) => listener());
    },
    end: (): void => {
      sides = null;
      listeners.forEach((listener) => listener());
    },
  };
};

const world = (base: unknown, mine: unknown, theirs: unknown) => {
  const waiting = waitingMerge(base, mine, theirs);
  const processes = deskChildren();
  const faults: unknown[] = [];
  let made = 0;
  const start = () => createResolver({ documents: async () => waiting.documents, children: processes.children, folder: join(folder, 'resolver'), now: () => 5, newId: () => `s${String((made += 1))}`, onFault: (error) => faults.push(error) });
  return { ...waiting, ...processes, faults, start };
};
const opened = async (service: ReturnType<typeof createResolver>): Promise<ResolverView> => {
  const view = await service.open(DOCUMENT);
  if (view === null) throw new Error('nothing waits');
  return view;
};
const idAt = async (service: ReturnType<typeof createResolver>, session: string, path: string): Promise<string> => {
  const { rows } = await service.look('list', { session, filter: ALL, from: 0, count: 500 });
  return rows.flatMap((row) => (row.type === 'item' && row.path.join(' › ') === path ? [row.id] : []))[0] ?? `nothing at ${path}`;
};

describe('a session of the resolver', () => {
  it('opens what waits, with the names of its sides, and nothing when nothing does', async () => {
    const { start, end } = world({ a: 1, b: 1 }, { a: 2, b: 1 }, { a: 3, b: 2 });
    const service = start();
    const told = vi.fn();
    service.onChange(told);
    const view = await opened(service);
    expect(view).toMatchObject({ conflicts: 1, open: 1, merged: 1, mine: { device: 'Desk' }, theirs: { version: 2, device: null, deviceId: 'd' }, blocked: { code: 'open' } });
    await vi.waitFor(() => expect(told).toHaveBeenCalled());
    expect(service.view(view.session).theirs).toEqual({ version: 2, device: 'Laptop', deviceId: 'd', at: '2026-11-28 12:00', note: 'dark theme' });
    await service.close(view.session);
    expect(() => service.view(view.session)).toThrow(PicferryError);
    end();
    expect(await service.open(DOCUMENT)).toBeNull();
  });

  it('applies what was decided, and says of every place how', async () => {
    const { start, settled } = world({ a: 1, b: 1 }, { a: 2, b: 1 }, { a: 3, b: 2 });
    const service = start();
    const { session } = await opened(service);
    expect(await service.apply(session)).toMatchObject({ blocked: { code: 'open', count: 1 } });
    expect((await service.act('choose', { session, id: await idAt(service, session, 'a'), choice: { take: 'theirs' }, scope: 'this' })).open).toBe(0);
    expect(await service.apply(session)).toEqual({ blocked: null, view: null });
    expect(settled).toMatchObject([{ text: { a: 3, b: 2 }, decisions: [{ path: ['a'], choice: 'theirs', result: '3' }] }]);
    expect(readdirSync(join(folder, 'resolver'))).toEqual([]);
  });

  it('keeps decisions, and how to undo them, over a close and a restart', async () => {
    const { start } = world({ a: 1, b: 1 }, { a: 2, b: 2 }, { a: 3, b: 3 });
    const first = start();
    const { session } = await opened(first);
    const id = await idAt(first, session, 'a');
    await first.act('choose', { session, id, choice: { take: 'edited', text: 'half a val' }, scope: 'this' });
    await first.act('take-all', { session, take: 'theirs' });
    await first.end();
    const second = start();
    const again = await opened(second);
    expect(again).toMatchObject({ open: 1, touched: true, canUndo: true, blocked: { code: 'fault', id } });
    expect(await second.look('item', { session: again.session, id })).toMatchObject({ typed: 'half a val' });
    expect((await second.step('undo', again.session)).view.open).toBe(2);
    expect((await second.step('undo', again.session)).view).toMatchObject({ open: 2, touched: false, canUndo: false });
    await second.end();
  });

  it('keeps a damaged draft aside and begins anew', async () => {
    const { start } = world({ a: 1 }, { a: 2 }, { a: 3 });
    const service = start();
    const { session } = await opened(service);
    await service.act('take-all', { session, take: 'mine' });
    await service.end();
    const [name] = readdirSync(join(folder, 'resolver'));
    writeFileSync(join(folder, 'resolver', name ?? ''), '{"format":1');
    expect(await opened(service)).toMatchObject({ touched: false });
    expect(readdirSync(join(folder, 'resolver')).some((one) => one.includes('corrupt'))).toBe(true);
    await service.end();
  });

  it('goes on when another device or an edit changes the document: decisions whose place is left stay', async () => {
    const { start, change, settled } = world({ a: 1, b: 1, c: 1 }, { a: 2, b: 2, c: 1 }, { a: 3, b: 3, c: 1 });
    const service = start();
    const told = vi.fn();
    const { session } = await opened(service);
    await service.act('take-all', { session, take: 'theirs' });
    service.onChange(told);
    change({ a: 1, b: 1, c: 1 }, { a: 2, b: 2, c: 4 }, { a: 3, b: 2, c: 5 });
    await vi.waitFor(() => expect(service.view(session).incoming).toMatchObject({ kept: { count: 1, paths: [['a']] }, closed: { count: 1, paths: [['b']] }, added: { count: 1, paths: [['c']] }, again: { count: 0 } }));
    expect(service.view(session)).toMatchObject({ conflicts: 2, open: 1, incoming: { device: 'Laptop' } });
    expect(told).toHaveBeenLastCalledWith({ session, ended: null, left: [] });
    expect(service.seen(session).incoming).toBeNull();
    await service.act('take-all', { session, take: 'mine' });
    expect(await service.apply(session)).toEqual({ blocked: null, view: null });
    expect(settled).toMatchObject([{ text: { a: 3, b: 2, c: 4 } }]);
  });

  it('keeps what was decided over values that still stand, and asks again for the rest: what was typed is a draft there, and stays at a place that closed', async () => {
    const of = (value: number) => ({ mine: value, theirs: value, base: value, same: value, typed: value, open: value, closed: value });
    const { start, change } = world(of(1), of(2), of(3));
    const service = start();
    const { session } = await opened(service);
    const choose = async (path: string, choice: Decided) => service.act('choose', { session, id: await idAt(service, session, path), choice, scope: 'this' });
    for (const take of ['mine', 'theirs', 'base'] as const) await choose(take, { take });
    await choose('same', { take: 'mine' });
    await choose('typed', { take: 'edited', text: '"half a' });
    await choose('closed', { take: 'edited', text: '"half b' });
    const [typed, theirs] = [await idAt(service, session, 'typed'), await idAt(service, session, 'theirs')];
    change(of(1), of(2), { ...of(4), same: 3, closed: 2 });
    await vi.waitFor(() => expect(service.view(session).incoming).not.toBeNull());
    expect(service.view(session)).toMatchObject({ open: 5, blocked: { code: 'open', count: 5 } });
    expect(service.view(session).incoming).toMatchObject({
      kept: { count: 1, paths: [['same']] },
      again: { count: 5, paths: [['mine'], ['theirs'], ['base'], ['typed'], ['open']] },
      closed: { count: 1, paths: [['closed']] },
      added: { count: 0 },
      left: [{ path: ['closed'], text: '"half b' }],
    });
    for (const had of ['mine', 'theirs', 'base'] as const) {
      expect(await service.look('item', { session, id: await idAt(service, session, had) })).toMatchObject({ state: 'open', had, draft: null, newer: [{ side: 'theirs', was: '3', is: '4' }] });
    }
    const { rows } = await service.look('list', { session, filter: ALL, from: 0, count: 500 });
    expect(rows.flatMap((row) => (row.type === 'item' && row.again ? [row.path.join()] : []))).toEqual(['mine', 'theirs', 'base', 'typed', 'open']);
    // By the name that it had before, typing goes on as a draft; a side is not taken of values that nobody has seen.
    const item = await service.look('item', { session, id: typed });
    expect(item).toMatchObject({ state: 'open', had: 'edited', draft: { text: '"half a', fault: { code: 'not-json' } }, newer: [{ side: 'theirs', was: '3', is: '4' }] });
    await service.act('choose', { session, id: theirs, choice: { take: 'theirs' }, scope: 'this' });
    expect(await service.look('item', { session, id: theirs })).toMatchObject({ state: 'open' });
    await service.act('choose', { session, id: typed, choice: { take: 'edited', text: '"half a sentence"' }, scope: 'this' });
    expect(await service.look('edit-text', { session, id: typed, lines: false })).toEqual({ text: '"half a sentence"' });
    expect(await service.look('item', { session, id: typed })).toMatchObject({ state: 'open', draft: { text: '"half a sentence"', fault: null } });
    await service.act('choose', { session, id: item?.id ?? '', choice: { take: 'edited', text: '"a sentence"' }, scope: 'this' });
    expect(await service.look('item', { session, id: item?.id ?? '' })).toMatchObject({ state: 'edited', typed: '"a sentence"', had: null, draft: null });
    // What was taken of a value that is gone is not put back by an undo either.
    await choose('theirs', { take: 'mine' });
    await service.step('undo', session);
    expect(await service.look('item', { session, id: theirs })).toMatchObject({ state: 'open' });
    await service.end();
  });

  it('asks again in the same way when the document changed while nobody looked', async () => {
    const of = (value: number) => ({ taken: value, same: value, typed: value, closed: value, fresh: 1 });
    const { start, change } = world(of(1), of(2), of(3));
    const first = start();
    const { session } = await opened(first);
    const choose = async (path: string, choice: Decided) => first.act('choose', { session, id: await idAt(first, session, path), choice, scope: 'this' });
    for (const path of ['taken', 'same']) await choose(path, { take: 'mine' });
    await choose('typed', { take: 'edited', text: '7' });
    await choose('closed', { take: 'edited', text: '8' });
    await first.end();
    change(of(1), { ...of(2), fresh: 2 }, { ...of(4), same: 3, closed: 2, fresh: 3 });
    const second = start();
    const again = await opened(second);
    expect(again).toMatchObject({
      open: 3,
      incoming: { kept: { paths: [['same']] }, again: { count: 2, paths: [['taken'], ['typed']] }, closed: { paths: [['closed']] }, added: { count: 0 }, left: [{ path: ['closed'], text: '8' }] },
    });
    expect(await second.look('item', { session: again.session, id: await idAt(second, again.session, 'taken') })).toMatchObject({ had: 'mine', newer: [{ side: 'theirs', was: '3', is: '4' }] });
    expect(await second.look('item', { session: again.session, id: await idAt(second, again.session, 'typed') })).toMatchObject({ had: 'edited', draft: { text: '7' } });
    // What is to be looked at again is so at the next opening, too, and nothing else is said then.
    await second.end();
    const third = await opened(first);
    expect(third).toMatchObject({ open: 3, incoming: null });
    expect(await first.look('item', { session: third.session, id: await idAt(first, third.session, 'typed') })).toMatchObject({ had: 'edited', draft: { text: '7' } });
    await first.end();
  });

  it('marks a change that needed nobody and was taken back, when it is another one now', async () => {
    const { start, change } = world({ a: 1, b: 1 }, { a: 2, b: 1 }, { a: 3, b: 2 });
    const service = start();
    const { session } = await opened(service);
    await service.act('choose', { session, id: await idAt(service, session, 'b'), choice: { take: 'base' }, scope: 'this' });
    change({ a: 1, b: 1 }, { a: 2, b: 1 }, { a: 3, b: 4 });
    await vi.waitFor(() => expect(service.view(session).incoming).toMatchObject({ kept: { count: 0 }, again: { paths: [['b']] } }));
    expect(await service.look('item', { session, id: await idAt(service, session, 'b') })).toMatchObject({ state: 'merged', had: 'reverted', newer: [{ was: '2', is: '4' }] });
    await service.end();
  });

  it('says what was typed when somebody else has decided everything', async () => {
    const { start, end } = world({ a: 1, b: 1 }, { a: 2, b: 2 }, { a: 3, b: 3 });
    const service = start();
    const told = vi.fn();
    service.onChange(told);
    const { session } = await opened(service);
    await service.act('choose', { session, id: await idAt(service, session, 'b'), choice: { take: 'edited', text: 'half a val' }, scope: 'this' });
    await vi.waitFor(() => expect(readdirSync(join(folder, 'resolver')).length).toBe(1));
    end();
    await vi.waitFor(() => expect(told).toHaveBeenCalledWith({ session, ended: 'settled', left: [{ path: ['b'], text: 'half a val' }] }));
  });

  it.each(['mine', 'theirs'] as const)('asks again whether %s replaces the whole document when theirs is another one', async (side) => {
    const { start, change } = world({ a: 1, b: 1 }, { a: 2, b: 1 }, { a: 3, b: 1 });
    const service = start();
    const { session } = await opened(service);
    await service.act('replace', { session, side });
    change({ a: 1, b: 1 }, { a: 2, b: 1 }, { a: 3, b: 9 });
    await vi.waitFor(() => expect(service.view(session).incoming).toMatchObject({ again: { paths: [[]] } }));
    expect(service.view(session)).toMatchObject({ whole: null, open: 1 });
    await service.end();
  });

  it('applies nothing to a document that moved on unseen, and shows what it is now', async () => {
    const { start, change, settled, documents } = world({ a: 1, b: 1 }, { a: 2, b: 1 }, { a: 3, b: 1 });
    documents.onChange = () => () => undefined;
    const service = start();
    const { session } = await opened(service);
    await service.act('take-all', { session, take: 'mine' });
    change({ a: 1, b: 1 }, { a: 2, b: 2 }, { a: 3, b: 3 });
    expect(await service.apply(session)).toMatchObject({ blocked: { code: 'changed' }, view: { open: 1, conflicts: 2, incoming: { kept: { count: 1 }, added: { count: 1 } } } });
    expect(settled).toEqual([]);
    await service.end();
  });

  it('ends when somebody else has decided everything, or the process breaks off; what was decided is there at the next opening', async () => {
    const { start, end, die, change, killed, faults } = world({ a: 1, b: 1 }, { a: 2, b: 2 }, { a: 3, b: 3 });
    const service = start();
    const told = vi.fn();
    service.onChange(told);
    const first = await opened(service);
    end();
    await vi.waitFor(() => expect(told).toHaveBeenCalledWith({ session: first.session, ended: 'settled', left: [] }));
    change({ a: 1, b: 1 }, { a: 2, b: 2 }, { a: 3, b: 3 });
    const second = await opened(service);
    await service.act('choose', { session: second.session, id: await idAt(service, second.session, 'a'), choice: { take: 'mine' }, scope: 'this' });
    await vi.waitFor(() => expect(existsSync(join(folder, 'resolver')) && readdirSync(join(folder, 'resolver')).length).toBe(1));
    die();
    expect(told).toHaveBeenLastCalledWith({ session: second.session, ended: 'broke', left: [] });
    await expect(service.act('take-all', { session: second.session, take: 'mine' })).rejects.toBeInstanceOf(PicferryError);
    expect(await opened(service)).toMatchObject({ open: 1 });
    await service.end();
    expect(killed.length).toBeGreaterThan(1);
    expect(faults).toEqual([]);
  });
});
