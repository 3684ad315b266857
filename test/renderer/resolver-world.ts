import { vi } from 'vitest';
import { CallFailure, type Client, type EventOf } from '../../src/renderer/bridge';
import { ResolverStore } from '../../src/renderer/stores/resolver-store';
import type { Decided, ItemView, ResolverView } from '../../src/shared/model/resolver';

const absent = { type: 'absent', text: '', cut: false, size: 0, lines: 0, spans: null, delta: null, skipped: 0 } as const;
const maker = (version: number | null): ResolverView['mine'] => ({ version, device: null, deviceId: null, at: null, note: '' });
export const failure = (message: 'resolverOver' | 'internal'): CallFailure =>
  new CallFailure({ code: 'failed', id: 'x', problem: { kind: 'conflict', sub: null, message, params: {}, retryable: true, retryAfterMs: null, detail: null, at: 0 } });

/** A session of main's side with a few conflicts, as far as the window sees it; `answersIn`: how long the next answer takes. */
export const world = ({ advance = 300 as number | null, nothing = false, places = ['a', 'b', 'c'] as readonly string[], both = true, base = true, answersIn = null as (() => number) | null, after = null as ((ms: number, act: () => void) => () => void) | null } = {}) => {
  const state = { places: [...places], chosen: [] as (readonly [id: string, choice: Decided | null])[], decided: new Map<string, Decided>(), drafts: new Map<string, string>(), anew: [] as string[], rev: 0, calls: [] as string[], blocked: null as ResolverView['blocked'], fails: null as CallFailure | null, renamed: new Map<string, string>(), fault: null as ItemView['fault'], whole: null as ResolverView['whole'] };
  const events = new Set<(event: EventOf<'resolver:changed'>) => void>();
  const timers: { readonly ms: number; readonly act: () => void }[] = [];
  const open = () => state.places.filter((id) => !state.decided.has(id));
  const view = (): ResolverView => ({
    session: 's', rev: (state.rev += 1), document: { account: 'a', fileKey: 'k' }, bytes: 1, base: base ? maker(1) : null,
    mine: maker(null), theirs: maker(2),
    conflicts: state.places.length, open: open().length, merged: 0, reverted: 0, kinds: [], whole: state.whole, canUndo: false, canRedo: false, touched: false, blocked: state.blocked, incoming: null,
  });
  const nameOf = (id: string): string => state.renamed.get(id) ?? id;
  const item = (id: string): ItemView | null =>
    state.places.includes(id)
      ? { id, conflict: true, kind: 'edit/edit', state: state.decided.has(id) ? 'mine' : 'open', path: [id], by: null, both, longText: false, inner: [], base: absent, mine: absent, theirs: absent, result: absent, fault: state.fault, typed: null, alike: { subtree: 1, kind: 1 }, openPlace: 1, newer: [], had: null, draft: state.drafts.has(id) ? { text: state.drafts.get(id) ?? '', fault: null } : null }
      : null;
  const answers: Readonly<Record<string, (input: never) => unknown>> = {
    'resolver:open': () => (nothing ? null : view()),
    'resolver:view': view,
    'resolver:list': () => ({ total: state.places.length, items: state.places.length, rows: [] }),
    'resolver:tree': () => ({ total: 0, rows: [] }),
    'resolver:item': ({ id }: { id: string }) => item(nameOf(id)),
    'resolver:row': ({ id }: { id: string }) => state.places.indexOf(id),
    'resolver:next': ({ from, back, open: only }: { from: string | null; back: boolean; open: boolean }) => {
      const all = only ? open() : state.places;
      const order = back ? [...all].reverse() : all;
      const at = from === null ? -1 : state.places.indexOf(from);
      const id = order.find((one) => (back ? state.places.indexOf(one) < at : state.places.indexOf(one) > at)) ?? order[0];
      return id === undefined ? null : { id, row: state.places.indexOf(id) };
    },
    'resolver:reveal': () => null,
    'resolver:choose': ({ id, choice, anew }: { id: string; choice: Decided | null; anew?: boolean }) => {
      if (anew === true) state.anew.push(id);
      state.chosen.push([id, choice]);
      if (choice === null) state.decided.delete(nameOf(id));
      else state.decided.set(nameOf(id), choice);
      state.drafts.delete(nameOf(id));
      return view();
    },
    'resolver:set-aside': ({ id }: { id: string }) => {
      const decided = state.decided.get(nameOf(id));
      if (decided?.take === 'edited') state.drafts.set(nameOf(id), decided.text);
      state.decided.delete(nameOf(id));
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
      const answer = answers[name]?.(input);
      if (answersIn !== null) await new Promise<void>((done) => void setTimeout(done, answersIn()));
      return answer;
    },
    on: (_name: string, listener: (event: EventOf<'resolver:changed'>) => void) => (events.add(listener), () => events.delete(listener)),
    pathOf: () => '',
  } as unknown as Client;
  const tell = vi.fn();
  const byHand = (ms: number, act: () => void): (() => void) => {
    const timer = { ms, act };
    timers.push(timer);
    return () => void (timers.includes(timer) && timers.splice(timers.indexOf(timer), 1));
  };
  const resolver = new ResolverStore({ client, document: { account: 'a', fileKey: 'k' }, tell, advanceAfter: () => advance, after: after ?? byHand });
  const now = () => resolver.store.getState();
  const elapse = (): void => timers.splice(0).forEach(({ act }) => act());
  return { state, resolver, now, elapse, timers, tell, tellEvent: (ended: EventOf<'resolver:changed'>['ended'], session = 's', left: EventOf<'resolver:changed'>['left'] = []) => events.forEach((listener) => listener({ rev: 1, session, ended, left })) };
};
