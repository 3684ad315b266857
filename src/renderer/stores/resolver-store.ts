import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ItemFilter, ResolverView } from '../../shared/model/resolver';
import { CallFailure } from '../bridge';
import { PersonActs } from './person-acts';
import { Advance, type Choice, type NextPlace } from './resolver-advance';
import { ResolverLook } from './resolver-look';
import type { ResolverParts, ResolverState } from './resolver-state';

export type Scope = 'this' | 'subtree' | 'kind';

const TYPED_AFTER_MS = 200;

/** What the list shows without a filter. */
export const wholeShow = ({ conflicts }: Pick<ResolverView, 'conflicts'>): ItemFilter['show'] => (conflicts === 0 ? 'all' : 'conflicts');

/**
 * The resolver as one window shows it: places, the one that is looked at, and the result. What a person does is done in its
 * order, and for the place that they saw then, or to which what they did before it leads: nobody has to wait for an answer.
 */
export class ResolverStore {
  readonly store: StoreApi<ResolverState>;
  readonly #look: ResolverLook;
  #offs: (() => void)[] = [];
  readonly #advance: Advance;
  #stopTyping: () => void = () => undefined;
  #typed: { readonly id: string; readonly text: string } | null = null;
  readonly #acts = new PersonActs((failure) => this.#failed(failure));
  /** Fields that the person wants to open and that wait for a move. */
  #opening = 0;
  /** The place of the last act, if that decided it. */
  #decided: string | null = null;
  #closed = false;

  constructor(private readonly parts: ResolverParts) {
    this.store = createStore<ResolverState>(() => ({
      phase: { at: 'opening' },
      view: null,
      filter: { show: 'conflicts', kind: null, text: '' },
      items: 0,
      selected: null,
      item: null,
      editing: false,
      heard: null,
      node: null,
    }));
    this.#advance = new Advance({ after: parts.after, show: (next) => this.#showNext(next) });
    this.#look = new ResolverLook(parts.client, this.store);
  }

  get list(): ResolverLook['list'] {
    return this.#look.list;
  }

  get tree(): ResolverLook['tree'] {
    return this.#look.tree;
  }

  onScroll(...[scroll]: Parameters<ResolverLook['onScroll']>): void {
    this.#look.onScroll(scroll);
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
      this.store.setState({ filter: { show: wholeShow(view), kind: null, text: '' } });
      await this.#look.refresh();
      await this.#look.goTo(await this.#look.next({ from: null, back: false, open: view.open > 0 }));
    } catch (failure) {
      this.#failed(failure);
    }
  }

  /** Leaves; what was decided is kept. */
  async close(): Promise<void> {
    this.#flushTyping();
    this.#closed = true;
    this.#advance.cancel();
    this.#offs.forEach((off) => off());
    const { view } = this.store.getState();
    await this.#acts.done;
    if (view !== null) await this.parts.client.call('resolver:close', { session: view.session }).catch(() => undefined);
  }

  // ——— looking

  /** Whether what is typed now is for a field that is about to open. */
  isOpeningField(): boolean {
    return this.#opening > 0;
  }

  select(id: string): void {
    this.#advance.cancel();
    this.#flushTyping();
    if (this.#acts.waiting === 0 && this.store.getState().selected !== id) this.store.setState({ selected: id, editing: false });
    this.#move(async () => {
      if (this.store.getState().selected !== id) this.store.setState({ selected: id, editing: false });
      await this.#look.readItem();
      await this.#look.follow();
    });
  }

  setFilter(filter: Partial<ItemFilter>): void {
    this.#advance.cancel();
    this.store.setState((state) => ({ filter: { ...state.filter, ...filter } }));
    this.#move(async () => {
      await this.list.refresh();
      const { selected } = this.store.getState();
      const row = selected === null ? null : await this.#look.rowOf(selected);
      if (row === null) await this.#look.goTo(await this.#look.next({ from: selected, back: false, open: false }), false);
      else this.#look.scrollList(row);
    });
  }

  clearFilter(): void {
    const { view } = this.store.getState();
    if (view !== null) this.setFilter({ show: wholeShow(view), kind: null, text: '' });
  }

  /** To the next place, or the next undecided one. */
  move(back: boolean, open: boolean): void {
    this.#flushTyping();
    if (open && !back && this.#advance.hurry()) return;
    this.#comeBack();
    this.#move(async () => this.#look.goTo(await this.#look.next({ from: this.store.getState().selected, back, open })));
  }

  /** To the first place of the list, or the last. */
  end(last: boolean): void {
    this.#advance.cancel();
    this.#flushTyping();
    this.#move(async () => this.#look.goTo(await this.#look.next({ from: null, back: last, open: false })));
  }

  expand(node: string, expanded: boolean): void {
    this.store.setState({ node });
    this.#act(async () => {
      await this.#look.call('resolver:expand', { session: this.#look.session, node, expanded });
      await this.tree.refresh();
    });
  }

  setNode(node: string): void {
    this.store.setState({ node });
  }

  /** Resolves to whether it was found. */
  async find(text: string): Promise<boolean> {
    if (text === '') return true;
    const found = await this.#look.call('resolver:find', { session: this.#look.session, text, after: this.store.getState().node });
    if (found !== null) await this.#look.show(found);
    return found !== null;
  }

  // ——— deciding

  choose(choice: Choice | null, scope: Scope = 'this'): void {
    if (choice !== null && scope === 'this' && this.#advance.isRepeated(choice)) {
      this.#advance.hurry();
      return;
    }
    if (choice?.take === 'both') this.#flushTyping();
    else this.#dropTyping();
    this.store.setState({ editing: false });
    this.#atPlace(async (id) => {
      if (choice?.take === 'both' && (await this.#refusesBoth(id))) return;
      const before = this.store.getState().view?.open ?? 0;
      const { open } = await this.#decide(() => this.#look.call('resolver:choose', { session: this.#look.session, id, choice, scope }));
      const isNew = open < before || this.#decided === id;
      this.#decided = isNew ? id : null;
      if (choice !== null && isNew && open > 0) await this.#beginAdvance(id, choice);
    });
  }

  edit(editing: boolean): void {
    if (!editing) {
      this.#advance.cancel();
      this.#flushTyping();
      return this.store.setState({ editing });
    }
    this.#comeBack();
    this.#decided = null;
    if (!this.#acts.isMoving) return this.store.setState({ editing });
    this.#opening += 1;
    this.#atPlace(() => {
      this.#opening -= 1;
      this.store.setState({ editing });
      return Promise.resolve();
    });
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
    this.#decideAll(() => this.#look.call('resolver:take-all', { session: this.#look.session, take }));
  }

  replace(side: 'mine' | 'theirs'): void {
    this.#flushTyping();
    this.#decideAll(() => this.#look.call('resolver:replace', { session: this.#look.session, side }));
  }

  step(direction: 'undo' | 'redo'): void {
    this.#flushTyping();
    this.#advance.cancel();
    this.#move(async () => {
      const { view, focus } = await this.#look.call(`resolver:${direction}`, { session: this.#look.session });
      this.#take(view);
      this.store.setState({ editing: false, heard: { kind: direction === 'undo' ? 'undone' : 'redone', left: view.open } });
      if (focus === null) await this.#look.refresh();
      else await this.#look.refreshAt(focus);
    });
  }

  seen(): void {
    this.#act(async () => this.#take(await this.#look.call('resolver:seen', { session: this.#look.session })));
  }

  /** Resolves to true when the document was taken. Otherwise the reason is said, and its place selected. */
  async apply(): Promise<boolean> {
    this.#flushTyping();
    this.#advance.cancel();
    await this.#acts.done;
    try {
      const { blocked, view } = await this.parts.client.call('resolver:apply', { session: this.#look.session });
      if (view !== null) this.#take(view);
      if (blocked === null) return true;
      this.store.setState({ heard: { kind: 'blocked', blocked } });
      if ('id' in blocked) this.#act(() => this.#look.refreshAt(blocked.id));
      else this.#act(() => this.#look.refresh());
    } catch (failure) {
      this.#failed(failure);
    }
    return false;
  }

  // ———

  #act(work: () => Promise<void>): void {
    if (!this.#closed) this.#acts.behind(work);
  }

  /** Leads to another place: what comes after it is meant for that. */
  #move(work: () => Promise<void>): void {
    this.#decided = null;
    if (this.store.getState().heard?.kind === 'no-both') this.store.setState({ heard: null });
    if (!this.#closed) this.#acts.move(work);
  }

  #personAct(work: () => Promise<void>): void {
    if (!this.#closed) this.#acts.act(work);
  }

  /** Works at the place that the person sees, or to which their moves before this lead. */
  #atPlace(work: (id: string) => Promise<void>): void {
    this.#comeBack();
    const seen = this.#acts.isMoving ? null : this.store.getState().selected;
    this.#personAct(async () => {
      const id = seen ?? this.store.getState().selected;
      if (id !== null) await work(id);
    });
  }

  /** Stays, or comes back from where the list went unseen. */
  #comeBack(): void {
    const left = this.#advance.cancel();
    if (left === null) return;
    this.store.setState({ selected: left.id, item: left.item, editing: false });
    this.#act(() => this.#look.refreshAt(left.id));
  }

  /** Where there is room for one value the wish for both changes nothing, and the person is told. */
  async #refusesBoth(id: string): Promise<boolean> {
    const item = await this.#look.itemOf(id);
    if (item === null || item.both) return false;
    this.store.setState({ heard: { kind: 'no-both', item } });
    return true;
  }

  async #decide(call: () => Promise<ResolverView>): Promise<ResolverView> {
    const view = await call();
    this.#take(view);
    await this.#look.refresh();
    const { item } = this.store.getState();
    if (item !== null) this.store.setState({ heard: { kind: 'decided', item, left: view.open } });
    return view;
  }

  #decideAll(call: () => Promise<ResolverView>): void {
    this.#advance.cancel();
    this.#decided = null;
    this.#personAct(async () => void (await this.#decide(call)));
  }

  /** The next place is read before, so that it is shown whole in the moment in which the list goes on. */
  async #beginAdvance(id: string, choice: Choice): Promise<void> {
    const ms = this.parts.advanceAfter();
    if (ms === null || this.#acts.waiting > 1) return;
    const found = await this.#look.next({ from: id, back: false, open: true });
    const item = found === null ? null : await this.#look.itemOf(found.id);
    const from = this.store.getState().item;
    if (found === null || item === null || from?.id !== id || this.#acts.waiting > 1 || this.#closed) return;
    this.#advance.begin(choice, { id, item: from }, { ...found, item }, ms);
  }

  #showNext({ id, item, row }: NextPlace): void {
    this.#decided = null;
    this.store.setState({ selected: id, item, editing: false });
    this.#look.scrollList(row);
    this.#act(async () => {
      await this.#look.readItem();
      await this.#look.follow();
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
    this.#personAct(async () => {
      this.#take(await this.#look.call('resolver:choose', { session: this.#look.session, id: typed.id, choice: { take: 'edited', text: typed.text }, scope: 'this' }));
      await this.#look.refresh();
    });
  }

  /** An answer that comes behind a later one changes nothing. */
  #take(view: ResolverView): void {
    const known = this.store.getState().view;
    if (known === null || (known.session === view.session && view.rev >= known.rev)) this.store.setState({ view });
  }

  #came(session: string, ended: 'settled' | 'broke' | null): void {
    if (session !== this.#look.session) return;
    if (ended !== null) return this.store.setState({ phase: { at: ended === 'settled' ? 'over' : 'broke' }, editing: false });
    this.#act(async () => {
      this.#take(await this.#look.call('resolver:view', { session }));
      await this.#look.refresh();
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
