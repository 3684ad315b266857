import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Problem } from '../../shared/model/problem';
import type { Blocked, Decided, DocumentRef, ItemFilter, ItemView, ListRow, ResolverView, TreeRow } from '../../shared/model/resolver';
import { CallFailure, type CallInput, type CallName, type CallOutput, type Client } from '../bridge';
import { createKeptPages, type KeptPages } from './kept-pages';

export type Phase =
  | { readonly at: 'opening' }
  | { readonly at: 'open' }
  /** Nothing waits for a person in this document. */
  | { readonly at: 'nothing' }
  /** It did, and somebody else has decided everything meanwhile. */
  | { readonly at: 'over' }
  /** The process that held it is gone; opening again takes up where it was. */
  | { readonly at: 'broke' }
  | { readonly at: 'failed'; readonly problem: Problem };

/** What assistive technology is told: how a place was decided, or why Apply did nothing. */
export type Heard = { readonly kind: 'decided'; readonly item: ItemView; readonly left: number } | { readonly kind: 'blocked'; readonly blocked: Blocked } | { readonly kind: 'undone' | 'redone'; readonly left: number };

export type ResolverState = {
  readonly phase: Phase;
  readonly view: ResolverView | null;
  readonly filter: ItemFilter;
  readonly selected: string | null;
  /** The place that is selected, as it was read last. */
  readonly item: ItemView | null;
  readonly editing: boolean;
  readonly heard: Heard | null;
  /** The line of the tree that has the keyboard. */
  readonly node: string | null;
};

export type ResolverParts = {
  readonly client: Client;
  readonly document: DocumentRef;
  /** Told of what a call failed with, other than the end of the session. */
  readonly tell: (failure: unknown) => void;
  /** Goes on to the next undecided place after a choice, after this long; null: stays. */
  readonly advanceAfter: () => number | null;
  readonly after: (ms: number, act: () => void) => () => void;
};

export type Choice = Exclude<Decided, { readonly take: 'edited' }>;
export type Scope = 'this' | 'subtree' | 'kind';

const PAGE = 100;
const TYPED_AFTER_MS = 200;

/** The resolver as one window shows it: places, the one that is looked at, and the result. */
export class ResolverStore {
  readonly store: StoreApi<ResolverState>;
  readonly list: KeptPages<ListRow>;
  readonly tree: KeptPages<TreeRow>;
  #offs: (() => void)[] = [];
  #stopAdvance: () => void = () => undefined;
  #stopTyping: () => void = () => undefined;
  #typed: { readonly id: string; readonly text: string } | null = null;
  /** Acts follow each other: each starts from what the one before has made. */
  #tail: Promise<void> = Promise.resolve();
  #closed = false;
  #scroll: (place: 'list' | 'tree', row: number) => void = () => undefined;

  constructor(private readonly parts: ResolverParts) {
    this.store = createStore<ResolverState>(() => ({
      phase: { at: 'opening' },
      view: null,
      filter: { show: 'conflicts', kind: null, text: '' },
      selected: null,
      item: null,
      editing: false,
      heard: null,
      node: null,
    }));
    this.list = createKeptPages(PAGE, async (from, count) => this.parts.client.call('resolver:list', { session: this.#session, filter: this.store.getState().filter, from, count }));
    this.tree = createKeptPages(PAGE, async (from, count) => this.parts.client.call('resolver:tree', { session: this.#session, from, count }));
  }

  /** Where a line of the list or the tree is brought into view. */
  onScroll(scroll: (place: 'list' | 'tree', row: number) => void): void {
    this.#scroll = scroll;
  }

  async open(): Promise<void> {
    const { client, document } = this.parts;
    this.#offs = [client.on('resolver:changed', ({ session, ended }) => this.#came(session, ended))];
    try {
      const view = await client.call('resolver:open', document);
      if (this.#closed) {
        if (view !== null) await client.call('resolver:close', { session: view.session });
        return;
      }
      if (view === null) return this.store.setState({ phase: { at: 'nothing' } });
      this.store.setState({ phase: { at: 'open' }, view });
      if (view.conflicts === 0) this.store.setState({ filter: { show: 'all', kind: null, text: '' } });
      await this.#refresh();
      await this.#goTo(await this.#next({ from: null, back: false, open: view.open > 0 }));
    } catch (failure) {
      this.#failed(failure);
    }
  }

  /** Leaves; what was decided is kept. */
  async close(): Promise<void> {
    this.#flushTyping();
    this.#closed = true;
    this.#stopAdvance();
    this.#offs.forEach((off) => off());
    const { view } = this.store.getState();
    await this.#tail;
    if (view !== null) await this.parts.client.call('resolver:close', { session: view.session }).catch(() => undefined);
  }

  // ——— looking

  select(id: string): void {
    this.#stopAdvance();
    this.#flushTyping();
    if (this.store.getState().selected !== id) this.store.setState({ selected: id, editing: false });
    this.#act(async () => {
      await this.#readItem();
      await this.#follow();
    });
  }

  setFilter(filter: Partial<ItemFilter>): void {
    this.store.setState((state) => ({ filter: { ...state.filter, ...filter } }));
    this.#act(async () => {
      await this.list.refresh();
      const { selected } = this.store.getState();
      const row = selected === null ? null : await this.#call('resolver:row', { session: this.#session, filter: this.store.getState().filter, id: selected });
      if (row === null) await this.#goTo(await this.#next({ from: selected, back: false, open: false }), false);
      else this.#scroll('list', row);
    });
  }

  /** To the next place, or the next undecided one. */
  move(back: boolean, open: boolean): void {
    this.#stopAdvance();
    this.#flushTyping();
    this.#act(async () => this.#goTo(await this.#next({ from: this.store.getState().selected, back, open })));
  }

  /** To the first place of the list, or the last. */
  end(last: boolean): void {
    this.#stopAdvance();
    this.#flushTyping();
    this.#act(async () => this.#goTo(await this.#next({ from: null, back: last, open: false })));
  }

  expand(node: string, expanded: boolean): void {
    this.store.setState({ node });
    this.#act(async () => {
      await this.#call('resolver:expand', { session: this.#session, node, expanded });
      await this.tree.refresh();
    });
  }

  setNode(node: string): void {
    this.store.setState({ node });
  }

  /** Resolves to whether it was found. */
  async find(text: string): Promise<boolean> {
    if (text === '') return true;
    const found = await this.#call('resolver:find', { session: this.#session, text, after: this.store.getState().node });
    if (found !== null) await this.#show(found);
    return found !== null;
  }

  // ——— deciding

  choose(choice: Choice | null, scope: Scope = 'this'): void {
    const { selected } = this.store.getState();
    if (selected === null) return;
    this.#dropTyping();
    this.store.setState({ editing: false });
    this.#decide(async () => this.#call('resolver:choose', { session: this.#session, id: selected, choice, scope }), choice !== null);
  }

  edit(editing: boolean): void {
    if (!editing) this.#flushTyping();
    this.#stopAdvance();
    this.store.setState({ editing });
  }

  /** Takes what is typed at the selected place, once nothing was typed for a moment. */
  type(text: string): void {
    const { selected } = this.store.getState();
    if (selected === null) return;
    this.#stopTyping();
    this.#typed = { id: selected, text };
    this.#stopTyping = this.parts.after(TYPED_AFTER_MS, () => this.#flushTyping());
  }

  takeAll(take: 'mine' | 'theirs'): void {
    this.#flushTyping();
    this.#decide(async () => this.#call('resolver:take-all', { session: this.#session, take }), false);
  }

  replace(side: 'mine' | 'theirs'): void {
    this.#flushTyping();
    this.#decide(async () => this.#call('resolver:replace', { session: this.#session, side }), false);
  }

  step(direction: 'undo' | 'redo'): void {
    this.#flushTyping();
    this.#stopAdvance();
    this.#act(async () => {
      const { view, focus } = await this.#call(`resolver:${direction}`, { session: this.#session });
      this.#take(view);
      this.store.setState({ editing: false, heard: { kind: direction === 'undo' ? 'undone' : 'redone', left: view.open } });
      if (focus === null) await this.#refresh();
      else await this.#refreshAt(focus);
    });
  }

  seen(): void {
    this.#act(async () => this.#take(await this.#call('resolver:seen', { session: this.#session })));
  }

  /** Resolves to true when the document was taken. Otherwise the reason is said, and its place selected. */
  async apply(): Promise<boolean> {
    this.#flushTyping();
    this.#stopAdvance();
    await this.#tail;
    try {
      const { blocked, view } = await this.parts.client.call('resolver:apply', { session: this.#session });
      if (view !== null) this.#take(view);
      if (blocked === null) return true;
      this.store.setState({ heard: { kind: 'blocked', blocked } });
      if ('id' in blocked) this.#act(() => this.#refreshAt(blocked.id));
      else this.#act(() => this.#refresh());
    } catch (failure) {
      this.#failed(failure);
    }
    return false;
  }

  // ———

  get #session(): string {
    return this.store.getState().view?.session ?? '';
  }

  #call<K extends CallName>(name: K, input: CallInput<K>): Promise<CallOutput<K>> {
    return this.parts.client.call(name, input);
  }

  #act(work: () => Promise<void>): void {
    if (this.#closed) return;
    this.#tail = this.#tail.then(async () => {
      try {
        await work();
      } catch (failure) {
        this.#failed(failure);
      }
    });
  }

  #decide(call: () => Promise<ResolverView>, advance: boolean): void {
    this.#stopAdvance();
    this.#act(async () => {
      const before = this.store.getState().view?.open ?? 0;
      const view = await call();
      this.#take(view);
      await this.#refresh();
      const { item } = this.store.getState();
      if (item !== null) this.store.setState({ heard: { kind: 'decided', item, left: view.open } });
      const ms = this.parts.advanceAfter();
      if (!advance || ms === null || view.open === 0 || view.open >= before) return;
      this.#stopAdvance = this.parts.after(ms, () => this.move(false, true));
    });
  }

  #dropTyping(): void {
    this.#stopTyping();
    this.#typed = null;
  }

  #flushTyping(): void {
    const typed = this.#typed;
    this.#dropTyping();
    if (typed === null) return;
    this.#act(async () => {
      this.#take(await this.#call('resolver:choose', { session: this.#session, id: typed.id, choice: { take: 'edited', text: typed.text }, scope: 'this' }));
      await this.#refresh();
    });
  }

  /** An answer that comes behind a later one changes nothing. */
  #take(view: ResolverView): void {
    const known = this.store.getState().view;
    if (known === null || (known.session === view.session && view.rev >= known.rev)) this.store.setState({ view });
  }

  async #refresh(): Promise<void> {
    await Promise.all([this.list.refresh(), this.tree.refresh(), this.#readItem()]);
  }

  async #refreshAt(id: string): Promise<void> {
    if (this.store.getState().selected !== id) this.store.setState({ selected: id });
    await this.#refresh();
    const row = await this.#call('resolver:row', { session: this.#session, filter: this.store.getState().filter, id });
    if (row !== null) this.#scroll('list', row);
    await this.#follow();
  }

  async #readItem(): Promise<void> {
    const { selected } = this.store.getState();
    if (selected === null) return this.store.setState({ item: null });
    const item = await this.#call('resolver:item', { session: this.#session, id: selected });
    if (this.store.getState().selected !== selected) return;
    if (item !== null) this.store.setState({ item });
    else {
      this.store.setState({ selected: null, item: null, editing: false });
      await this.#goTo(await this.#next({ from: null, back: false, open: true }));
    }
  }

  #next(where: { readonly from: string | null; readonly back: boolean; readonly open: boolean }): Promise<CallOutput<'resolver:next'>> {
    return this.#call('resolver:next', { session: this.#session, filter: this.store.getState().filter, ...where });
  }

  async #goTo(found: CallOutput<'resolver:next'>, scroll = true): Promise<void> {
    if (found === null) return;
    this.store.setState((state) => ({ selected: found.id, editing: state.selected === found.id && state.editing }));
    await this.#readItem();
    if (scroll) this.#scroll('list', found.row);
    await this.#follow();
  }

  /** The result shows the place that is selected. */
  async #follow(): Promise<void> {
    const { selected } = this.store.getState();
    const found = selected === null ? null : await this.#call('resolver:reveal', { session: this.#session, id: selected });
    if (found !== null) await this.#show(found);
  }

  async #show({ node, row }: { readonly node: string; readonly row: number }): Promise<void> {
    this.store.setState({ node });
    await this.tree.refresh();
    await this.tree.want(row, row);
    this.#scroll('tree', row);
  }

  #came(session: string, ended: 'settled' | 'broke' | null): void {
    if (session !== this.#session) return;
    if (ended !== null) return this.store.setState({ phase: { at: ended === 'settled' ? 'over' : 'broke' }, editing: false });
    this.#act(async () => {
      this.#take(await this.#call('resolver:view', { session }));
      await this.#refresh();
    });
  }

  #failed(failure: unknown): void {
    if (!(failure instanceof CallFailure)) throw failure;
    const { problem } = failure.error;
    const { at } = this.store.getState().phase;
    if (at === 'over' || at === 'broke') return;
    if (at === 'opening' || problem.message.startsWith('resolver')) this.store.setState({ phase: { at: 'failed', problem } });
    else this.parts.tell(failure);
  }
}
