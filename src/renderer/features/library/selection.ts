import type { LibraryQuery, UploadSelection } from '../../../shared/model/library-query';
import type { Upload } from '../../../shared/model/upload';
import type { Spot } from '../../stores/library-store';
import type { Outline } from './outline';

/** What is remembered of a selected row, which may have left the window since. */
export type PickedRow = Pick<Upload, 'id' | 'accountId' | 'accountName' | 'kind' | 'hasDeleteLink'> & {
  /** Where it stood when last seen. */
  readonly place: number;
  readonly hasLink: boolean;
};
export type Range = { readonly from: number; readonly to: number };
export type Picked =
  | {
      readonly kind: 'some';
      readonly rows: ReadonlyMap<string, PickedRow>;
      /** A range of which not all rows are at hand; it counts as selected while they are read. */
      readonly reading: Range | null;
    }
  | { readonly kind: 'all'; readonly query: LibraryQuery; readonly except: ReadonlySet<string> };

export type SelectionState = { readonly picked: Picked; readonly anchor: Spot | null; readonly active: Spot };

/** What the selection needs to know of the view. */
export type View = {
  readonly query: LibraryQuery;
  readonly total: number;
  readonly at: (place: number) => Upload | undefined;
  readonly placeOf: (id: string) => number | null;
};
type Modifiers = { readonly shiftKey: boolean; readonly ctrlKey: boolean; readonly metaKey: boolean };

export const nobody: Picked = { kind: 'some', rows: new Map(), reading: null };
export const nothingSelected: SelectionState = { picked: nobody, anchor: null, active: { place: 0, id: null } };

export const pickedRow = (upload: Upload, place: number): PickedRow => ({
  id: upload.id,
  accountId: upload.accountId,
  accountName: upload.accountName,
  kind: upload.kind,
  hasDeleteLink: upload.hasDeleteLink,
  hasLink: upload.url !== null,
  place,
});

export const isPicked = (picked: Picked, upload: Upload | undefined, place: number): boolean => {
  if (picked.kind === 'all') return upload === undefined || !picked.except.has(upload.id);
  if (picked.reading !== null && place >= picked.reading.from && place <= picked.reading.to) return true;
  return upload !== undefined && picked.rows.has(upload.id);
};

export const pickedCount = (picked: Picked, total: number): number => {
  if (picked.kind === 'all') return Math.max(0, total - picked.except.size);
  return picked.reading === null ? picked.rows.size : picked.reading.to - picked.reading.from + 1;
};

/** The selection as main takes it, ids in the order of the view; null when nothing is selected or a range is still read. */
export const selectionOf = (picked: Picked, view: Pick<View, 'placeOf'>): UploadSelection | null => {
  if (picked.kind === 'all') return { matching: picked.query, except: [...picked.except] };
  if (picked.reading !== null || picked.rows.size === 0) return null;
  const places = [...picked.rows.values()].map(({ id, place }) => ({ id, place: picked.rows.size > 2000 ? place : (view.placeOf(id) ?? place) }));
  return { ids: places.sort((a, b) => a.place - b.place).map(({ id }) => id) };
};

/** Where a spot is now: by its id where that is at hand, else its place, within the view. */
export const spotPlace = (spot: Spot, view: View): number => {
  const found = spot.id === null ? null : view.placeOf(spot.id);
  return Math.max(0, Math.min(view.total - 1, found ?? spot.place));
};

const spot = (place: number, view: View): Spot => ({ place, id: view.at(place)?.id ?? null });

/** Every row of a range that is at hand; the range itself too when one is missing. */
const rangePicked = (from: number, to: number, view: View): Picked => {
  const range = { from: Math.min(from, to), to: Math.max(from, to) };
  if (range.from === 0 && range.to === view.total - 1 && view.total > 1) return { kind: 'all', query: view.query, except: new Set() };
  const rows = new Map<string, PickedRow>();
  for (let place = range.from; place <= range.to; place += 1) {
    const upload = view.at(place);
    if (upload === undefined) return { kind: 'some', rows: new Map(), reading: range };
    rows.set(upload.id, pickedRow(upload, place));
  }
  return { kind: 'some', rows, reading: null };
};

const only = (place: number, view: View): SelectionState => ({ picked: rangePickedOne(place, view), anchor: spot(place, view), active: spot(place, view) });
const rangePickedOne = (place: number, view: View): Picked => {
  const upload = view.at(place);
  return upload === undefined ? { kind: 'some', rows: new Map(), reading: { from: place, to: place } } : { kind: 'some', rows: new Map([[upload.id, pickedRow(upload, place)]]), reading: null };
};
const extended = (state: SelectionState, to: number, view: View): SelectionState => {
  const from = spotPlace(state.anchor ?? state.active, view);
  return { picked: rangePicked(from, to, view), anchor: spot(from, view), active: spot(to, view) };
};
const toggled = (state: SelectionState, place: number, view: View): SelectionState => {
  const upload = view.at(place);
  const active = spot(place, view);
  if (upload === undefined) return { ...state, active };
  const { picked } = state;
  if (picked.kind === 'all') {
    const except = new Set(picked.except);
    if (!except.delete(upload.id)) except.add(upload.id);
    return { picked: except.size >= view.total ? nobody : { ...picked, except }, anchor: active, active };
  }
  const rows = new Map(picked.rows);
  if (!rows.delete(upload.id)) rows.set(upload.id, pickedRow(upload, place));
  return { picked: { kind: 'some', rows, reading: null }, anchor: active, active };
};

export const cleared = (state: SelectionState): SelectionState => ({ picked: nobody, anchor: null, active: state.active });

/** Selects what was selected before, unless something is now. */
export const selectedAgain = (state: SelectionState, picked: Picked): SelectionState =>
  state.picked.kind === 'some' && state.picked.rows.size === 0 && state.picked.reading === null ? { ...state, picked } : state;

/** After a click on a row. */
export const pressed = (state: SelectionState, place: number, event: Modifiers, view: View): SelectionState => {
  if (place < 0 || place >= view.total) return state;
  if (event.shiftKey) return extended(state, place, view);
  return event.ctrlKey || event.metaKey ? toggled(state, place, view) : only(place, view);
};

/** Makes a row the active one, selected alone unless it is among the selected: as a context menu does. */
export const aimed = (state: SelectionState, place: number, view: View): SelectionState =>
  isPicked(state.picked, view.at(place), place) ? { ...state, active: spot(place, view) } : only(place, view);

export const allPicked = (state: SelectionState, view: View): SelectionState => ({ ...state, picked: { kind: 'all', query: view.query, except: new Set() }, anchor: spot(0, view) });

const target = (key: string, active: number, view: View, outline: Outline, page: number, grid: boolean): number | null => {
  switch (key) {
    case 'ArrowDown':
      return outline.step(active, 1);
    case 'ArrowUp':
      return outline.step(active, -1);
    case 'PageDown':
      return outline.step(active, page);
    case 'PageUp':
      return outline.step(active, -page);
    case 'Home':
      return 0;
    case 'End':
      return view.total - 1;
    case 'ArrowRight':
      return grid ? Math.min(view.total - 1, active + 1) : null;
    case 'ArrowLeft':
      return grid ? Math.max(0, active - 1) : null;
    default:
      return null;
  }
};

export type KeyView = { readonly view: View; readonly outline: Outline; readonly page: number; readonly grid: boolean };

/** After a key; null when the key is none of the selection's own. `to` is the row to show, if it moved. */
export const keyed = (state: SelectionState, event: Modifiers & { readonly key: string }, { view, outline, page, grid }: KeyView): { readonly state: SelectionState; readonly to: number | null } | null => {
  const selects = pickedCount(state.picked, view.total) > 0;
  if (event.key === 'Escape' && selects) return { state: cleared(state), to: null };
  if (view.total === 0) return null;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a') return { state: allPicked(state, view), to: null };
  const active = spotPlace(state.active, view);
  const to = target(event.key, active, view, outline, page, grid);
  if (to === null) return null;
  // The first arrow takes the row that has the keyboard.
  const reached = !selects && !['Home', 'End'].includes(event.key) ? active : to;
  return { state: event.shiftKey ? extended(state, reached, view) : only(reached, view), to: reached };
};

/** The rows of a range that was read; the same state when it has moved on meanwhile. */
export const rangeRead = (state: SelectionState, range: Range, rows: ReadonlyMap<string, PickedRow> | null, view: View): SelectionState => {
  if (state.picked.kind !== 'some' || state.picked.reading !== range) return state;
  return { ...state, picked: rows === null ? nobody : { kind: 'some', rows, reading: null }, active: state.active.id === null ? spot(state.active.place, view) : state.active };
};

const pickedWithout = (picked: Picked, gone: ReadonlySet<string>): Picked => {
  if (picked.kind === 'all') {
    const except = new Set([...picked.except].filter((id) => !gone.has(id)));
    return except.size === picked.except.size ? picked : { ...picked, except };
  }
  const rows = new Map([...picked.rows].filter(([id]) => !gone.has(id)));
  return rows.size === picked.rows.size ? picked : { ...picked, rows };
};

/** The row below a removed one that stays, else the one above; the same spot when its row was not removed, or none of these is at hand. */
const neighbour = (spot_: Spot, gone: ReadonlySet<string>, before: View): Spot => {
  const from = spot_.id === null || !gone.has(spot_.id) ? null : before.placeOf(spot_.id);
  if (from === null) return spot_;
  for (const step of [1, -1])
    for (let place = from + step; ; place += step) {
      const id = before.at(place)?.id;
      if (id === undefined) break;
      if (!gone.has(id)) return { place, id };
    }
  return spot_;
};

/** Lets go of removed rows and gives the keyboard of one to its neighbour in `before`, the view that still had it; the same state when none of them matters. */
export const withoutRemoved = (state: SelectionState, removed: readonly string[], before: View): SelectionState => {
  const gone = new Set(removed);
  const picked = pickedWithout(state.picked, gone);
  const active = neighbour(state.active, gone, before);
  return picked === state.picked && active === state.active ? state : { ...state, picked, active };
};

/** Gives a row the keyboard and changes nothing that is selected; the same state when it has it. */
export const held = (state: SelectionState, place: number, view: View): SelectionState =>
  place < 0 || place >= view.total || spotPlace(state.active, view) === place ? state : { ...state, active: spot(place, view) };

/** Keeps the active row and the anchor where they are now; the same state when they did not move. */
export const followed = (state: SelectionState, view: View): SelectionState => {
  // Of a view that ran empty nothing stays selected: what comes into it later was not meant.
  if (view.total === 0) return state.picked.kind === 'all' ? { ...state, picked: nobody } : state;
  const follow = (one: Spot): Spot => {
    const place = spotPlace(one, view);
    const id = view.at(place)?.id ?? one.id;
    return place === one.place && id === one.id ? one : { place, id };
  };
  const active = follow(state.active);
  const anchor = state.anchor === null ? null : follow(state.anchor);
  return active === state.active && anchor === state.anchor ? state : { ...state, active, anchor };
};
