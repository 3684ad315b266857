import { textPath } from '../../merge';
import type { ItemFilter, ListRow } from '../../shared/model/resolver';
import { isFoundBy, plainWords, type Item } from './items';
import type { Session } from './session';
import { glance } from './value-text';

type Group = { readonly name: string; readonly items: readonly Item[]; /** The row of its heading, or of its first place. */ readonly row: number };
/** A group of one place that is the group itself needs no heading, and neither do the places of a document without keys. */
const headings = ({ name, items }: Pick<Group, 'name' | 'items'>): 0 | 1 => (name === '' || (items.length === 1 && items[0]?.path.length === 1) ? 0 : 1);

type Found = { readonly stamp: string; readonly items: readonly Item[]; readonly groups: readonly Group[]; readonly total: number };

/** The places of a session under a filter, as rows with a heading for each key at the top. Answers for pages of them. */
export class ListView {
  #found: Found | null = null;

  constructor(private readonly session: Session) {}

  page(filter: ItemFilter, from: number, count: number): { readonly total: number; readonly items: number; readonly rows: ListRow[] } {
    const found = this.#find(filter);
    const rows: ListRow[] = [];
    let before = 0;
    for (const group of found.groups) {
      const start = group.row;
      const heading = headings(group);
      const end = start + heading + group.items.length;
      if (end > from && start < from + count) {
        if (heading === 1 && start >= from) rows.push(this.#heading(group));
        const first = Math.max(0, from - start - heading);
        const last = Math.min(group.items.length, from + count - start - heading);
        for (let i = first; i < last; i += 1) rows.push(this.#row(group, i, before));
      }
      before += group.items.length;
    }
    return { total: found.total, items: found.items.length, rows };
  }

  /** The next place that fits, from the start again at the end; null when there is none. */
  next(filter: ItemFilter, from: string | null, back: boolean, open: boolean): { readonly id: string; readonly row: number } | null {
    const { items } = this.#find(filter);
    const fits = open ? items.filter((item) => this.session.isOpen(item)) : items;
    if (fits.length === 0) return null;
    const at = (from === null ? null : this.session.item(from))?.order ?? (back ? Infinity : -1);
    const found = back ? (fits.findLast(({ order }) => order < at) ?? fits.at(-1)) : (fits.find(({ order }) => order > at) ?? fits[0]);
    return found === undefined ? null : { id: found.id, row: this.row(filter, found.id) ?? 0 };
  }

  row(filter: ItemFilter, id: string): number | null {
    const item = this.session.item(id);
    if (item === null) return null;
    const group = this.#find(filter).groups.find(({ name }) => name === item.group);
    const at = group?.items.indexOf(item) ?? -1;
    return group === undefined || at === -1 ? null : group.row + headings(group) + at;
  }

  #heading(group: Group): ListRow {
    return { type: 'group', name: group.name, count: group.items.length, open: group.items.filter((item) => this.session.isOpen(item)).length };
  }

  #row(group: Group, index: number, before: number): ListRow {
    const item = group.items[index] as Item;
    const value = this.session.valueOf(item, 'result');
    const path = textPath(item.path);
    return {
      type: 'item',
      id: item.id,
      conflict: item.conflict,
      kind: item.kind,
      state: this.session.stateOf(item),
      again: this.session.isAgain(item),
      path: path.length > 1 && group.name !== '' ? path.slice(1) : path,
      preview: value === undefined ? null : glance(value, 80),
      place: before + index + 1,
      below: headings(group) === 1,
    };
  }

  #find(filter: ItemFilter): Found {
    const stamp = JSON.stringify([filter, filter.show === 'open' ? this.session.changed : 0]);
    if (this.#found?.stamp === stamp) return this.#found;
    const wanted = plainWords(filter.text.trim());
    const items = this.session.items.filter(
      (item) =>
        (filter.show === 'all' || (filter.show === 'merged' ? !item.conflict : item.conflict && (filter.show === 'conflicts' || this.session.isOpen(item)))) &&
        (filter.kind === null || item.kind === filter.kind) &&
        (wanted === '' || isFoundBy(item, wanted)),
    );
    const groups: Group[] = [];
    let row = 0;
    for (let start = 0; start < items.length; ) {
      const name = items[start]?.group ?? '';
      let end = start;
      while (end < items.length && items[end]?.group === name) end += 1;
      const group = { name, items: items.slice(start, end), row };
      groups.push(group);
      row += end - start + headings(group);
      start = end;
    }
    return (this.#found = { stamp, items, groups, total: row });
  }
}
