import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ItemFilter, LeftText, ResolverView } from '../../shared/model/resolver';
import { CallFailure } from '../bridge';
import { PersonActs } from './person-acts';
import { Advance, type Choice, type NextPlace } from './resolver-advance';
import { ResolverField } from './resolver-field';
import { ResolverLook } from './resolver-look';
import { unopened, wholeShow, type Phase, type ResolverParts, type ResolverState, type Scope } from './resolver-state';

/**
 * The resolver as one window shows it: places, the one that is looked at, and the result. What a person does is done in its
 * order, and for the place that they saw then, or to which what they did before it leads: nobody has to wait for an answer.
 */
export class ResolverStore {
  readonly store: StoreApi<ResolverState>;
  readonly #look: ResolverLook;
  #offs: (() => void)[] = [];
  readonly #advance: Advance;
  readonly #acts = new PersonActs((failure) => this.#failed(failure));
  /** Fields that the person wants to open and that wait for a move. */
  #opening = 0;
  /** The place of the last act, if that decided it. */
  #decided: string | null = null;
  #closed = false;
  readonly #field: ResolverField;
  /** How the session ended under an open field: that is said when the person leaves the field. */
  #ended: Phase | null = null;

  constructor(private readonly parts: ResolverParts) {
    this.store = createStore<ResolverState>(() => unopened);
    this.#advance = new Advance({ after: parts.after, show: (next) => this.#showNext(next) });
    this.#look = new ResolverLook(parts.client, this.store);
    this.#field = new ResolverField(this.store, { after: parts.after, send: (typed) => this.#sendTyped(typed) });
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
    this.#offs = [client.on('resolver:changed', ({ session, ended, left }) => this.#came(session, ended, left))];
    try {
      const view = await client.call('resolver:open', document);
      if (this.#closed) {
        if (view !== null) await client.call('resolver:close', { session: view.session });
        return;
      }
      if (view === null) return this.store.setState({ phase: { at: 'nothing' } });
      this.store.setState({ phase: { at: 'open' }, view });
      this.#field.take(view.incoming?.left ?? []);
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
      const { selected, gone } = this.store.getState();
      if (gone) return;
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
    this.#act(() => this.#look.expand(node, expanded));
  }

  setNode(node: string): void {
    this.store.setState({ node });
  }

  /** Resolves to whether it was found. */
  find(text: string): Promise<boolean> {
    return this.#look.find(text);
  }

  // ——— deciding

  choose(choice: Choice | null, scope: Scope = 'this'): void {
    if (choice !== null && scope === 'this' && this.#advance.isRepeated(choice)) {
      this.#advance.hurry();
      return;
    }
    if (this.#leaveGone() || this.#isReplaced()) return;
    if (choice?.take === 'both' || (choice?.take === 'base' && this.#lacksBase)) this.#flushTyping();
    else this.#field.drop();
    this.store.setState({ editing: false });
    this.#atPlace(async (id) => {
      if (choice !== null && (await this.#refuses(id, choice))) return;
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
    if (this.#isReplaced()) return;
    this.#comeBack();
    this.#decided = null;
    this.#field.opened();
    if (!this.#acts.isMoving) return this.store.setState({ editing });
    this.#opening += 1;
    this.#atPlace(() => {
      this.#opening -= 1;
      this.store.setState({ editing });
      return Promise.resolve();
    });
  }

  /** Leaves the field: what was decided before stands again, and what was typed is there when the field is opened again. */
  setAside(): void {
    const isTyped = this.#field.isTyped && !this.store.getState().gone;
    const { selected } = this.store.getState();
    this.edit(false);
    if (!isTyped || selected === null) return;
    this.#field.opened();
    this.#personAct(async () => {
      this.#take(await this.#look.call('resolver:set-aside', { session: this.#look.session, id: selected }));
      await this.#look.refresh();
      const item = await this.#look.itemOf(selected);
      if (item !== null) this.store.setState({ heard: { kind: 'set-aside', item } });
    });
  }

  /** Leaves the field with what is typed in it; one that cannot be read keeps it open, and why is said. */
  done(): void {
    this.#flushTyping();
    const seen = this.store.getState().selected;
    this.#personAct(async () => {
      if (await this.#decideDraft(seen)) return this.done();
      const { item, editing } = this.store.getState();
      if (editing && item !== null && item.fault !== null) this.store.setState({ heard: { kind: 'fault', fault: item.fault } });
      else if (editing) this.edit(false);
    });
  }

  /** Takes what is typed at the selected place, once nothing was typed for a moment. */
  type(text: string): void {
    this.#field.type(text);
  }

  takeAll(take: 'mine' | 'theirs'): void {
    if (this.#isReplaced()) return;
    this.#flushTyping();
    this.#decideAll(() => this.#look.call('resolver:take-all', { session: this.#look.session, take }));
  }

  /** Null: single choices count again. */
  replace(side: 'mine' | 'theirs' | null): void {
    this.#flushTyping();
    this.store.setState({ editing: false });
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

  /** Throws away what was typed at a closed place. */
  discardLeft(path: LeftText['path']): void {
    const { gone, item } = this.store.getState();
    this.#field.discard(path);
    if (gone && JSON.stringify(item?.path) === JSON.stringify(path)) this.#leaveGone();
  }

  /** Resolves to true when the document was taken. Otherwise the reason is said, and its place selected. */
  async apply(): Promise<boolean> {
    this.#flushTyping();
    this.#advance.cancel();
    await this.#acts.done;
    if (this.store.getState().phase.at !== 'open') return false;
    if (this.store.getState().left.length > 0) {
      this.store.setState({ heard: { kind: 'left' } });
      return false;
    }
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
    this.store.setState({ wentOnFrom: null });
    if (['no-both', 'no-base', 'replaced'].includes(this.store.getState().heard?.kind ?? '')) this.store.setState({ heard: null });
    if (!this.#closed) this.#acts.move(work);
  }

  #personAct(work: () => Promise<void>): void {
    if (!this.#closed) this.#acts.act(work);
  }

  /** Works at the place that the person sees, or to which their moves before this lead. */
  #atPlace(work: (id: string) => Promise<void>): void {
    this.store.setState({ wentOnFrom: null });
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

  /** While the whole document is a side's nothing can be chosen, and the person is told how to end that. */
  #isReplaced(): boolean {
    const side = this.store.getState().view?.whole ?? null;
    if (side !== null) this.store.setState({ heard: { kind: 'replaced', side } });
    return side !== null;
  }

  get #lacksBase(): boolean {
    return this.store.getState().view?.base === null;
  }

  /** Where there is room for one value the wish for both changes nothing, nor that for a base that is not known: the person is told. */
  async #refuses(id: string, { take }: Choice): Promise<boolean> {
    if (take !== 'both' && (take !== 'base' || !this.#lacksBase)) return false;
    const item = await this.#look.itemOf(id);
    if (item === null || (take === 'both' ? item.both : !item.conflict)) return false;
    this.store.setState({ heard: { kind: take === 'both' ? 'no-both' : 'no-base', item } });
    return true;
  }

  /** Decides for the text in the open field where it did not count so far; not over values that came this moment. */
  async #decideDraft(id: string | null): Promise<boolean> {
    const { item, editing, selected } = this.store.getState();
    if (!editing || item?.draft == null || item.id !== id || selected !== id) return false;
    this.#take(await this.#look.call('resolver:choose', { session: this.#look.session, id, choice: { take: 'edited', text: item.draft.text }, scope: 'this' }));
    await this.#look.refresh();
    return this.store.getState().item?.draft === null;
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
    const { heard } = this.store.getState();
    this.store.setState({ selected: id, item, editing: false, wentOnFrom: heard?.kind === 'decided' ? heard.item : null });
    this.#look.scrollList(row);
    this.#act(async () => {
      await this.#look.readItem();
      await this.#look.follow();
    });
  }

  /** Leaves the field of a place that is closed: what was typed there is kept beside the places. Whether there was one. */
  #leaveGone(): boolean {
    if (!this.store.getState().gone) return false;
    this.#field.leave();
    this.store.setState({ editing: false, gone: false, selected: null, item: null });
    if (this.#ended !== null) this.store.setState({ phase: this.#ended });
    else this.#move(async () => this.#look.goTo(await this.#look.next({ from: null, back: false, open: true })));
    return true;
  }

  #flushTyping(): void {
    if (!this.#leaveGone()) this.#field.flush();
  }

  #sendTyped({ id, path, text, anew }: LeftText & { readonly id: string; readonly anew: boolean }): void {
    this.#personAct(async () => {
      this.#take(await this.#look.call('resolver:choose', { session: this.#look.session, id, choice: { take: 'edited', text }, scope: 'this', anew }));
      await this.#look.refresh();
      const { editing } = this.store.getState();
      if (!editing && (await this.#look.itemOf(id)) === null) this.#field.add({ path, text });
    });
  }

  /** An answer that comes behind a later one changes nothing. */
  #take(view: ResolverView): void {
    const known = this.store.getState().view;
    if (known === null || (known.session === view.session && view.rev >= known.rev)) this.store.setState({ view });
  }

  #came(session: string, ended: 'settled' | 'broke' | null, left: readonly LeftText[]): void {
    if (session !== this.#look.session) return;
    this.store.setState({ wentOnFrom: null });
    this.#field.take(left);
    if (ended !== null) {
      this.#field.drop();
      const phase: Phase = { at: ended === 'settled' ? 'over' : 'broke' };
      if (!this.store.getState().editing) return this.store.setState({ phase });
      this.#ended = phase;
      return this.store.setState({ gone: true });
    }
    this.#act(async () => {
      const view = await this.#look.call('resolver:view', { session });
      this.#take(view);
      this.#field.take(view.incoming?.left ?? []);
      const { gone } = this.store.getState();
      await this.#look.refresh();
      if (gone && !this.store.getState().gone) this.#field.back();
    });
  }

  #failed(failure: unknown): void {
    if (!(failure instanceof CallFailure)) throw failure;
    const { problem } = failure.error;
    const { at } = this.store.getState().phase;
    if (at === 'over' || at === 'broke' || this.#ended !== null) return;
    if (at === 'opening' || problem.message.startsWith('resolver')) this.store.setState({ phase: { at: 'failed', problem } });
    else this.parts.tell(failure);
  }
}
