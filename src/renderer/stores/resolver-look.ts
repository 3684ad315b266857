import type { StoreApi } from 'zustand/vanilla';
import type { ListRow, TreeRow } from '../../shared/model/resolver';
import type { CallInput, CallName, CallOutput, Client } from '../bridge';
import { createKeptPages, type KeptPages } from './kept-pages';
import type { ResolverState } from './resolver-state';

const PAGE = 100;

/** The places of the resolver and its result as they are looked at: what main has of them is read, and brought into view. */
export class ResolverLook {
  readonly list: KeptPages<ListRow>;
  readonly tree: KeptPages<TreeRow>;
  #scroll: (place: 'list' | 'tree', row: number) => void = () => undefined;

  constructor(
    private readonly client: Client,
    private readonly store: StoreApi<ResolverState>,
  ) {
    this.list = createKeptPages(PAGE, (from, count) => this.#rows(from, count));
    this.tree = createKeptPages(PAGE, async (from, count) => this.call('resolver:tree', { session: this.session, from, count }));
  }

  get session(): string {
    return this.store.getState().view?.session ?? '';
  }

  call<K extends CallName>(name: K, input: CallInput<K>): Promise<CallOutput<K>> {
    return this.client.call(name, input);
  }

  /** Where a line of the list or the tree is brought into view. */
  onScroll(scroll: (place: 'list' | 'tree', row: number) => void): void {
    this.#scroll = scroll;
  }

  scrollList(row: number): void {
    this.#scroll('list', row);
  }

  async refresh(): Promise<void> {
    await Promise.all([this.list.refresh(), this.tree.refresh(), this.readItem()]);
  }

  async refreshAt(id: string): Promise<void> {
    if (this.store.getState().selected !== id) this.store.setState({ selected: id });
    await this.refresh();
    const row = await this.rowOf(id);
    if (row !== null) this.#scroll('list', row);
    await this.follow();
  }

  /** The line of the list that this place has; null where the filter leaves it out. */
  rowOf(id: string): Promise<number | null> {
    return this.call('resolver:row', { session: this.session, filter: this.store.getState().filter, id });
  }

  /** The place that is selected; where it is gone, the next one, unless a field is open at it. */
  async readItem(): Promise<void> {
    const { selected } = this.store.getState();
    if (selected === null) return this.store.setState({ item: null });
    const item = await this.itemOf(selected);
    if (this.store.getState().selected !== selected) return;
    // Its name is another one when its values changed meanwhile.
    if (item !== null) this.store.setState({ item, selected: item.id, gone: false });
    else if (this.store.getState().editing) this.store.setState({ gone: true });
    else {
      this.store.setState({ selected: null, item: null, editing: false });
      await this.goTo(await this.next({ from: null, back: false, open: true }));
    }
  }

  itemOf(id: string): Promise<CallOutput<'resolver:item'>> {
    return this.call('resolver:item', { session: this.session, id });
  }

  next(where: { readonly from: string | null; readonly back: boolean; readonly open: boolean }): Promise<CallOutput<'resolver:next'>> {
    return this.call('resolver:next', { session: this.session, filter: this.store.getState().filter, ...where });
  }

  async goTo(found: CallOutput<'resolver:next'>, scroll = true): Promise<void> {
    if (found === null) return;
    this.store.setState((state) => ({ selected: found.id, editing: state.selected === found.id && state.editing, gone: false }));
    await this.readItem();
    if (scroll) this.#scroll('list', found.row);
    await this.follow();
  }

  /** The result shows the place that is selected. */
  async follow(): Promise<void> {
    const { selected } = this.store.getState();
    const found = selected === null ? null : await this.call('resolver:reveal', { session: this.session, id: selected });
    if (found !== null) await this.show(found);
  }

  async expand(node: string, expanded: boolean): Promise<void> {
    await this.call('resolver:expand', { session: this.session, node, expanded });
    await this.tree.refresh();
  }

  async find(text: string): Promise<boolean> {
    const found = text === '' ? null : await this.call('resolver:find', { session: this.session, text, after: this.store.getState().node });
    if (found !== null) await this.show(found);
    return text === '' || found !== null;
  }

  async #rows(from: number, count: number): Promise<CallOutput<'resolver:list'>> {
    const { filter } = this.store.getState();
    const found = await this.call('resolver:list', { session: this.session, filter, from, count });
    if (this.store.getState().filter === filter) this.store.setState({ items: found.items });
    return found;
  }

  async show({ node, row }: { readonly node: string; readonly row: number }): Promise<void> {
    this.store.setState({ node });
    await this.tree.refresh();
    await this.tree.want(row, row);
    this.#scroll('tree', row);
  }
}
