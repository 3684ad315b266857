import { describe, expect, it, vi } from 'vitest';
import type { Decided, ItemView, ResolverView } from '../../shared/model/resolver';
import { CallFailure, type Client, type EventOf } from '../bridge';
import { ResolverStore } from './resolver-store';

const absent = { type: 'absent', text: '', cut: false, size: 0, lines: 0, spans: null, delta: null } as const;
const failure = (message: 'resolverOver' | 'internal'): CallFailure =>
  new CallFailure({ code: 'failed', id: 'x', problem: { kind: 'conflict', sub: null, message, params: {}, retryable: true, retryAfterMs: null, detail: null, at: 0 } });

/** A session of main's side with three conflicts, as far as the window sees it. */
const world = ({ advance = 300 as number | null, nothing = false } = {}) => {
  const state = { places: ['a', 'b', 'c'], decided: new Map<string, Decided>(), rev: 0, calls: [] as string[], blocked: null as ResolverView['blocked'], fails: null as CallFailure | null };
  const events = new Set<(event: EventOf<'resolver:changed'>) => void>();
  const timers: { readonly ms: number; readonly act: () => void }[] = [];
  const open = () => state.places.filter((id) => !state.decided.has(id));
  const view = (): ResolverView => ({
    session: 's', rev: (state.rev += 1), document: { account: 'a', fileKey: 'k' }, name: 'k.json', bytes: 1, base: null,
    mine: { version: null, device: null, at: null, note: '' }, theirs: { version: 2, device: null, at: null, note: '' },
    conflicts: state.places.length, open: open().length, merged: 0, reverted: 0, kinds: [], whole: null, canUndo: false, canRedo: false, touched: false, blocked: state.blocked, incoming: null,
  });
  const item = (id: string): ItemView | null =>
    state.places.includes(id)
      ? { id, conflict: true, kind: 'edit/edit', state: state.decided.has(id) ? 'mine' : 'open', path: id, by: null, both: false, longText: false, inner: [], base: absent, mine: absent, theirs: absent, result: absent, fault: null, typed: null, alike: { subtree: 1, kind: 1 }, openPlace: 1 }
      : null;
  const answers: Readonly<Record<string, (input: never) => unknown>> = {
    'resolver:open': () => (nothing ? null : view()),
    'resolver:view': view,
    'resolver:list': () => ({ total: state.places.length, items: state.places.length, rows: [] }),
    'resolver:tree': () => ({ total: 0, rows: [] }),
    'resolver:item': ({ id }: { id: string }) => item(id),
    'resolver:row': ({ id }: { id: string }) => state.places.indexOf(id),
    'resolver:next': ({ from, back, open: only }: { from: string | null; back: boolean; open: boolean }) => {
      const all = only ? open() : state.places;
      const order = back ? [...all].reverse() : all;
      const at = from === null ? -1 : state.places.indexOf(from);
      const id = order.find((one) => (back ? state.places.indexOf(one) < at : state.places.indexOf(one) > at)) ?? order[0];
      return id === undefined ? null : { id, row: state.places.indexOf(id) };
    },
    'resolver:reveal': () => null,
    'resolver:choose': ({ id, choice }: { id: string; choice: Decided | null }) => {
      if (choice === null) state.decided.delete(id);
      else state.decided.set(id, choice);
      return view();
    },
    'resolver:take-all': () => (open().forEach((id) => state.decided.set(id, { take: 'mine' })), view()),
    'resolver:undo': () => (state.decided.clear(), { view: view(), focus: 'b' }),
    'resolver:apply': () => ({ blocked: state.blocked, view: state.blocked === null ? null : view() }),
    'resolver:close': () => undefined,
  };
  const client = {
    call: async (name: string, input: never) => {
      state.calls.push(name);
      if (state.fails !== null && name !== 'resolver:close') throw state.fails;
      return answers[name]?.(input);
    },
    on: (_name: string, listener: (event: EventOf<'resolver:changed'>) => void) => (events.add(listener), () => events.delete(listener)),
    pathOf: () => '',
  } as unknown as Client;
  const tell = vi.fn();
  const after = (ms: number, act: () => void): (() => void) => {
    const timer = { ms, act };
    timers.push(timer);
    return () => void (timers.includes(timer) && timers.splice(timers.indexOf(timer), 1));
  };
  const resolver = new ResolverStore({ client, document: { account: 'a', fileKey: 'k' }, tell, advanceAfter: () => advance, after });
  const now = () => resolver.store.getState();
  const elapse = (): void => timers.splice(0).forEach(({ act }) => act());
  return { state, resolver, now, elapse, timers, tell, tellEvent: (ended: EventOf<'resolver:changed'>['ended'], session = 's') => events.forEach((listener) => listener({ rev: 1, session, ended })) };
};

describe('the resolver in the window', () => {
  it('opens at the first undecided place', async () => {
    const { resolver, now, state } = world();
    state.decided.set('a', { take: 'mine' });
    await resolver.open();
    expect(now()).toMatchObject({ phase: { at: 'open' }, selected: 'b', item: { id: 'b' } });
  });

  it('says when nothing waits', async () => {
    const { resolver, now } = world({ nothing: true });
    await resolver.open();
    expect(now().phase).toEqual({ at: 'nothing' });
  });

  it('decides, and goes on to the next undecided place a moment later', async () => {
    const { resolver, now, elapse, timers } = world();
    await resolver.open();
    resolver.choose({ take: 'mine' });
    await vi.waitFor(() => expect(now().view?.open).toBe(2));
    expect(now()).toMatchObject({ selected: 'a', item: { state: 'mine' }, heard: { kind: 'decided', left: 2 } });
    await vi.waitFor(() => expect(timers).toHaveLength(1));
    elapse();
    await vi.waitFor(() => expect(now().selected).toBe('b'));
  });

  it('stays where it is when that is wished, when a choice is taken back, and when the person moved on alone', async () => {
    const off = world({ advance: null });
    await off.resolver.open();
    off.resolver.choose({ take: 'mine' });
    await vi.waitFor(() => expect(off.now().view?.open).toBe(2));
    expect(off.timers).toEqual([]);
    const on = world();
    await on.resolver.open();
    on.resolver.choose({ take: 'mine' });
    await vi.waitFor(() => expect(on.timers).toHaveLength(1));
    on.resolver.select('c');
    expect(on.timers).toEqual([]);
    await vi.waitFor(() => expect(on.now().item?.id).toBe('c'));
    on.resolver.choose(null);
    await vi.waitFor(() => expect(on.now().heard).toMatchObject({ kind: 'decided', item: { id: 'c' } }));
    expect(on.timers).toEqual([]);
  });

  it('takes what is typed once it rests, and before anything else is done', async () => {
    const { resolver, now, elapse, state } = world();
    await resolver.open();
    resolver.edit(true);
    resolver.type('1');
    resolver.type('12');
    elapse();
    await vi.waitFor(() => expect(state.decided.get('a')).toEqual({ take: 'edited', text: '12' }));
    resolver.type('123');
    resolver.select('b');
    await vi.waitFor(() => expect(state.decided.get('a')).toEqual({ take: 'edited', text: '123' }));
    expect(now()).toMatchObject({ selected: 'b', editing: false });
    expect(state.calls.filter((name) => name === 'resolver:choose')).toHaveLength(2);
  });

  it('drops what is typed when a side is taken instead', async () => {
    const { resolver, elapse, state } = world();
    await resolver.open();
    resolver.type('half');
    resolver.choose({ take: 'theirs' });
    elapse();
    await vi.waitFor(() => expect(state.decided.get('a')).toEqual({ take: 'theirs' }));
    expect(state.calls.filter((name) => name === 'resolver:choose')).toHaveLength(1);
  });

  it('says why it cannot be applied, and shows the place', async () => {
    const { resolver, now, state } = world();
    await resolver.open();
    state.blocked = { code: 'open', count: 1, id: 'c' };
    expect(await resolver.apply()).toBe(false);
    await vi.waitFor(() => expect(now().item?.id).toBe('c'));
    expect(now().heard).toEqual({ kind: 'blocked', blocked: state.blocked });
    state.blocked = null;
    expect(await resolver.apply()).toBe(true);
  });

  it('shows what came from elsewhere, and finds a new place when the one in view is gone', async () => {
    const { resolver, now, state, tellEvent } = world();
    await resolver.open();
    state.places = ['b', 'd'];
    tellEvent(null, 'another session');
    tellEvent(null);
    await vi.waitFor(() => expect(now().item?.id).toBe('b'));
    tellEvent('settled');
    expect(now().phase).toEqual({ at: 'over' });
  });

  it('goes back to the place that was undone', async () => {
    const { resolver, now } = world();
    await resolver.open();
    resolver.takeAll('mine');
    await vi.waitFor(() => expect(now().view?.open).toBe(0));
    resolver.step('undo');
    await vi.waitFor(() => expect(now()).toMatchObject({ selected: 'b', heard: { kind: 'undone', left: 3 } }));
  });

  it('is over when main says so, and tells of any other failure', async () => {
    const { resolver, now, state, tell } = world();
    await resolver.open();
    state.fails = failure('internal');
    resolver.takeAll('mine');
    await vi.waitFor(() => expect(tell).toHaveBeenCalledWith(state.fails));
    expect(now().phase.at).toBe('open');
    state.fails = failure('resolverOver');
    resolver.takeAll('mine');
    await vi.waitFor(() => expect(now().phase).toMatchObject({ at: 'failed', problem: { message: 'resolverOver' } }));
  });

  it('closes its session with what was typed last, and hears nothing more', async () => {
    const { resolver, now, state, tellEvent } = world();
    await resolver.open();
    resolver.type('last');
    await resolver.close();
    expect(state.decided.get('a')).toEqual({ take: 'edited', text: 'last' });
    expect(state.calls.at(-1)).toBe('resolver:close');
    tellEvent('settled');
    expect(now().phase.at).toBe('open');
  });
});
