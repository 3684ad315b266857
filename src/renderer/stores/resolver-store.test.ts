import { describe, expect, it, vi } from 'vitest';
import { failure, world } from '../../../test/renderer/resolver-world';

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
    expect(now().wentOnFrom).toMatchObject({ id: 'a', state: 'mine' });
    resolver.move(false, false);
    expect(now().wentOnFrom).toBeNull();
  });

  it('shows every conflict again when the filter is cleared', async () => {
    const { resolver, now } = world();
    await resolver.open();
    resolver.setFilter({ text: 'zzz', kind: 'list', show: 'open' });
    resolver.clearFilter();
    expect(now().filter).toEqual({ text: '', kind: null, show: 'conflicts' });
  });

  it('keeps what was chosen where both cannot be kept, and says so', async () => {
    const { resolver, now, state } = world({ both: false, advance: null });
    await resolver.open();
    resolver.choose({ take: 'theirs' });
    resolver.choose({ take: 'both', first: 'mine' });
    await vi.waitFor(() => expect(now().heard).toMatchObject({ kind: 'no-both', item: { id: 'a' } }));
    expect(state.chosen).toEqual([['a', { take: 'theirs' }]]);
    resolver.move(false, false);
    expect(now().heard).toBeNull();
    await vi.waitFor(() => expect(now().selected).toBe('b'));
  });

  it('takes no base where none is known, and says so; a base that has nothing there is taken', async () => {
    const unknown = world({ base: false, advance: null });
    await unknown.resolver.open();
    unknown.resolver.choose({ take: 'theirs' });
    unknown.resolver.choose({ take: 'base' });
    await vi.waitFor(() => expect(unknown.now().heard).toMatchObject({ kind: 'no-base', item: { id: 'a' } }));
    expect(unknown.state.chosen).toEqual([['a', { take: 'theirs' }]]);
    const known = world({ advance: null });
    await known.resolver.open();
    known.resolver.choose({ take: 'base' });
    await vi.waitFor(() => expect(known.state.chosen).toEqual([['a', { take: 'base' }]]));
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

  it('leaves a field open with its text when its place gets another name, and sends what is typed on to that', async () => {
    const { resolver, now, state, tellEvent, elapse } = world();
    await resolver.open();
    resolver.edit(true);
    resolver.type('half a');
    state.renamed.set('a', 'a2');
    state.places = ['b', 'a2', 'c'];
    tellEvent(null);
    await vi.waitFor(() => expect(now()).toMatchObject({ selected: 'a2', editing: true, gone: false }));
    elapse();
    await vi.waitFor(() => expect(state.decided.get('a2')).toEqual({ take: 'edited', text: 'half a' }));
  });

  it.each(['closed', 'over'] as const)('leaves a field open when its place is %s, and keeps its text until that is thrown away', async (what) => {
    const { resolver, now, state, tellEvent, elapse } = world();
    await resolver.open();
    resolver.edit(true);
    resolver.type('half a');
    elapse();
    await vi.waitFor(() => expect(state.chosen).toHaveLength(1));
    state.places = ['b'];
    tellEvent(what === 'over' ? 'settled' : null, 's', what === 'over' ? [{ path: ['a'], text: 'half a' }, { path: ['c'], text: 'another' }] : []);
    await vi.waitFor(() => expect(now()).toMatchObject({ phase: { at: 'open' }, item: { id: 'a' }, editing: true, gone: true }));
    resolver.type('half a sentence');
    elapse();
    expect(now()).toMatchObject({ editing: true, gone: true });
    resolver.edit(false);
    expect(now()).toMatchObject({ editing: false, gone: false });
    expect(now().left.at(-1)).toEqual({ path: ['a'], text: 'half a sentence' });
    expect(state.chosen).toHaveLength(1);
    if (what === 'over') expect(now()).toMatchObject({ phase: { at: 'over' }, left: [{ text: 'another' }, { text: 'half a sentence' }] });
    else {
      await vi.waitFor(() => expect(now().item?.id).toBe('b'));
      expect(await resolver.apply()).toBe(false);
      expect(now().heard).toEqual({ kind: 'left' });
    }
    resolver.discardLeft(['a']);
    expect(now().left.map(({ path }) => path)).toEqual(what === 'over' ? [['c']] : []);
  });

  it('chooses nothing while the whole document is replaced, and says so', async () => {
    const { resolver, now, state } = world();
    state.whole = 'theirs';
    await resolver.open();
    for (const act of [() => resolver.choose({ take: 'mine' }), () => resolver.edit(true), () => resolver.takeAll('mine')]) act();
    expect(now()).toMatchObject({ heard: { kind: 'replaced', side: 'theirs' }, editing: false });
    expect(state.chosen).toEqual([]);
    expect(state.calls).not.toContain('resolver:take-all');
    resolver.move(false, false);
    expect(now().heard).toBeNull();
  });

  it('keeps a field with a value that cannot be read, and says why', async () => {
    const { resolver, now, state } = world();
    await resolver.open();
    resolver.edit(true);
    state.fault = { code: 'not-json', line: 1, column: 1 };
    resolver.type('half');
    resolver.done();
    await vi.waitFor(() => expect(now().heard).toEqual({ kind: 'fault', fault: state.fault }));
    expect(now().editing).toBe(true);
    state.fault = null;
    resolver.type('1');
    resolver.done();
    await vi.waitFor(() => expect(now().editing).toBe(false));
  });

  it('decides for a draft in an open field when the person is done with it, and not before', async () => {
    const { resolver, now, state } = world();
    state.drafts.set('a', '7');
    await resolver.open();
    resolver.edit(true);
    resolver.edit(false);
    expect(state.chosen).toEqual([]);
    resolver.edit(true);
    resolver.done();
    await vi.waitFor(() => expect(now().editing).toBe(false));
    expect(state.chosen).toEqual([['a', { take: 'edited', text: '7' }]]);
  });

  it('keeps what was typed as a draft when the field is left by Esc, and says so', async () => {
    const { resolver, now, state } = world();
    await resolver.open();
    resolver.edit(true);
    resolver.setAside();
    expect(state.calls).not.toContain('resolver:set-aside');
    resolver.edit(true);
    resolver.type('half');
    resolver.setAside();
    expect(now().editing).toBe(false);
    await vi.waitFor(() => expect(now().heard).toMatchObject({ kind: 'set-aside', item: { id: 'a', state: 'open', draft: { text: 'half' } } }));
    expect([state.chosen, state.anew]).toEqual([[['a', { take: 'edited', text: 'half' }]], ['a']]);
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
