import { useMemo, useState, type KeyboardEvent, type MouseEvent } from 'react';

export type Selection = {
  readonly selected: ReadonlySet<string>;
  /** The row that has the keyboard. */
  readonly active: number;
  readonly press: (index: number, event: Pick<MouseEvent, 'shiftKey' | 'ctrlKey' | 'metaKey'>) => void;
  /** Selects one alone, unless it is among the selected. */
  readonly aim: (index: number) => readonly string[];
  /** Gives a row the keyboard and changes nothing that is selected. */
  readonly hold: (index: number) => void;
  /** Selects nothing; the row that has the keyboard keeps it. */
  readonly clear: () => void;
  /** Moves or selects; true when the key was one of its own. `moved` gets the row to show. */
  readonly key: (event: KeyboardEvent, moved: (index: number) => void) => boolean;
};

/** What is selected, where a range starts, and which row has the keyboard; all by id. */
export type Picked = { readonly selected: ReadonlySet<string>; readonly anchor: string | null; readonly active: string | null };
type Modifiers = { readonly shiftKey: boolean; readonly ctrlKey: boolean; readonly metaKey: boolean };

export const nothingPicked: Picked = { selected: new Set(), anchor: null, active: null };

const range = (ids: readonly string[], from: number, to: number): ReadonlySet<string> => new Set(ids.slice(Math.min(from, to), Math.max(from, to) + 1));
const placeOf = (id: string | null, ids: readonly string[]): number => Math.max(0, id === null ? 0 : ids.indexOf(id));

const stepOf = (key: string, columns: number, page: number): number | null => {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: columns,
    ArrowUp: -columns,
    PageDown: page * columns,
    PageUp: -page * columns,
    Home: -Infinity,
    End: Infinity,
    ...(columns > 1 ? { ArrowRight: 1, ArrowLeft: -1 } : {}),
  };
  return steps[key] ?? null;
};

const only = (id: string): Picked => ({ selected: new Set([id]), anchor: id, active: id });
const none = (picked: Picked): Picked => ({ ...nothingPicked, active: picked.active });
const extend = (picked: Picked, ids: readonly string[], to: number): Picked => {
  const from = placeOf(picked.anchor ?? picked.active, ids);
  return { selected: range(ids, from, to), anchor: ids[from] ?? null, active: ids[to] ?? null };
};
const toggle = (picked: Picked, id: string): Picked => {
  const selected = new Set(picked.selected);
  if (!selected.delete(id)) selected.add(id);
  return { selected, anchor: id, active: id };
};

/** Leaves out what is no longer listed; the same object when all is. */
export const stillListed = (picked: Picked, ids: readonly string[]): Picked => {
  const present = new Set(ids);
  const selected = [...picked.selected].filter((id) => present.has(id));
  return selected.length === picked.selected.size ? picked : { ...picked, selected: new Set(selected) };
};

/** The row that has the keyboard was taken out: the one that moved up gets it, or the last. The same object otherwise. */
export const held = (picked: Picked, ids: readonly string[], before: readonly string[]): Picked => {
  const { active } = picked;
  if (active === null) return picked;
  const present = new Set(ids);
  const was = before.indexOf(active);
  if (present.has(active) || was < 0) return picked;
  const neighbour = before.slice(was).find((id) => present.has(id)) ?? before.slice(0, was).findLast((id) => present.has(id));
  return neighbour === undefined ? picked : { ...picked, active: neighbour };
};

/** After a click on a row. */
export const pressed = (picked: Picked, ids: readonly string[], index: number, event: Modifiers): Picked => {
  const id = ids[index];
  if (id === undefined) return picked;
  if (event.shiftKey) return extend(picked, ids, index);
  return event.ctrlKey || event.metaKey ? toggle(picked, id) : only(id);
};

/** After a key; null when the key is none of the selection's own. `to` is the row to show, if it moved. */
export const keyed = (
  picked: Picked,
  ids: readonly string[],
  columns: number,
  event: Modifiers & { readonly key: string },
): { readonly picked: Picked; readonly to: number | null } | null => {
  if (event.key === 'Escape' && picked.selected.size > 0) return { picked: none(picked), to: null };
  const active = placeOf(picked.active, ids);
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a')
    return { picked: { selected: new Set(ids), anchor: ids[0] ?? null, active: ids[active] ?? null }, to: null };
  const step = stepOf(event.key, columns, 8);
  if (step === null || ids.length === 0) return null;
  // The first arrow takes the row that has the keyboard.
  const to = picked.selected.size === 0 && Number.isFinite(step) ? active : Math.min(ids.length - 1, Math.max(0, active + step));
  const id = ids[to];
  return { picked: event.shiftKey || id === undefined ? extend(picked, ids, to) : only(id), to };
};

/** Selecting as in a file manager: click, Ctrl, Shift, arrows, Ctrl+A. Rows are remembered by id, so new ones do not shift it. */
export const useSelection = (ids: readonly string[], columns: number): Selection => {
  const [state, setState] = useState<Picked>(nothingPicked);
  const [before, setBefore] = useState(ids);
  if (before !== ids) {
    setBefore(ids);
    setState(held(state, ids, before));
  }
  const picked = useMemo(() => stillListed(state, ids), [state, ids]);
  return {
    selected: picked.selected,
    active: placeOf(picked.active, ids),
    press: (index, event) => setState(pressed(picked, ids, index, event)),
    aim: (index) => {
      const id = ids[index];
      if (id === undefined) return [];
      if (picked.selected.has(id)) return ids.filter((one) => picked.selected.has(one));
      setState(only(id));
      return [id];
    },
    hold: (index) => {
      const id = ids[index];
      if (id !== undefined && id !== picked.active) setState({ ...picked, active: id });
    },
    clear: () => setState(none(picked)),
    key: (event, moved) => {
      const after = keyed(picked, ids, columns, event);
      if (after === null) return false;
      setState(after.picked);
      if (after.to !== null) moved(after.to);
      return true;
    },
  };
};
