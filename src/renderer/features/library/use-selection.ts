import { useCallback, useMemo, useState, type KeyboardEvent, type MouseEvent } from 'react';

export type Selection = {
  readonly selected: ReadonlySet<string>;
  /** The row that has the keyboard. */
  readonly active: number;
  readonly press: (index: number, event: Pick<MouseEvent, 'shiftKey' | 'ctrlKey' | 'metaKey'>) => void;
  /** Selects one alone, unless it is among the selected. */
  readonly aim: (index: number) => readonly string[];
  /** Selects nothing; the row that has the keyboard keeps it. */
  readonly clear: () => void;
  /** Moves or selects; true when the key was one of its own. `moved` gets the row to show. */
  readonly key: (event: KeyboardEvent, moved: (index: number) => void) => boolean;
};

type State = { readonly selected: ReadonlySet<string>; readonly anchor: string | null; readonly active: string | null };

const range = (ids: readonly string[], from: number, to: number): ReadonlySet<string> => new Set(ids.slice(Math.min(from, to), Math.max(from, to) + 1));

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

/** Selecting as in a file manager: click, Ctrl, Shift, arrows, Ctrl+A. Rows are remembered by id, so new ones do not shift it. */
export const useSelection = (ids: readonly string[], columns: number): Selection => {
  const [state, setState] = useState<State>({ selected: new Set(), anchor: null, active: null });
  const active = Math.max(0, state.active === null ? 0 : ids.indexOf(state.active));
  const selected = useMemo(() => {
    const present = new Set(ids);
    return new Set([...state.selected].filter((id) => present.has(id)));
  }, [ids, state.selected]);

  const only = useCallback((id: string): void => setState({ selected: new Set([id]), anchor: id, active: id }), []);
  const extend = (to: number): void => {
    const from = state.anchor === null ? active : Math.max(0, ids.indexOf(state.anchor));
    setState({ selected: range(ids, from, to), anchor: ids[from] ?? null, active: ids[to] ?? null });
  };
  const none = (): void => setState({ selected: new Set(), anchor: null, active: ids[active] ?? null });
  const toggle = (id: string): void => {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    setState({ selected: next, anchor: id, active: id });
  };

  return {
    selected,
    active,
    press: (index, event) => {
      const id = ids[index];
      if (id === undefined) return;
      if (event.shiftKey) extend(index);
      else if (event.ctrlKey || event.metaKey) toggle(id);
      else only(id);
    },
    aim: (index) => {
      const id = ids[index];
      if (id === undefined) return [];
      if (selected.has(id)) return ids.filter((one) => selected.has(one));
      only(id);
      return [id];
    },
    clear: none,
    key: (event, moved) => {
      if (event.key === 'Escape' && selected.size > 0) {
        none();
        return true;
      }
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a') {
        setState({ selected: new Set(ids), anchor: ids[0] ?? null, active: ids[active] ?? null });
        return true;
      }
      const step = stepOf(event.key, columns, 8);
      if (step === null || ids.length === 0) return false;
      const to = selected.size === 0 && Number.isFinite(step) ? active : Math.min(ids.length - 1, Math.max(0, active + step));
      const id = ids[to];
      if (event.shiftKey) extend(to);
      else if (id !== undefined) only(id);
      moved(to);
      return true;
    },
  };
};
