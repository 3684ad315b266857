/** Which rows of a list at hand are selected, by id, and where the keyboard is. */
export type GridSelection = { readonly selected: ReadonlySet<string>; readonly anchor: number; readonly active: number };
type Modifiers = { readonly shiftKey: boolean; readonly ctrlKey: boolean; readonly metaKey: boolean };

export const noSelection: GridSelection = { selected: new Set(), anchor: 0, active: 0 };

const between = (ids: readonly string[], a: number, b: number): ReadonlySet<string> => new Set(ids.slice(Math.min(a, b), Math.max(a, b) + 1));

/** After a click: one alone, one more or less with Ctrl/Cmd, a range with Shift. */
export const gridPressed = (state: GridSelection, index: number, ids: readonly string[], event: Modifiers): GridSelection => {
  const id = ids[index];
  if (id === undefined) return state;
  if (event.shiftKey) return { ...state, selected: between(ids, state.anchor, index), active: index };
  if (!event.ctrlKey && !event.metaKey) return { selected: new Set([id]), anchor: index, active: index };
  const selected = new Set(state.selected);
  if (!selected.delete(id)) selected.add(id);
  return { selected, anchor: index, active: index };
};

const targetOf = (key: string, active: number, count: number, columns: number): number | null => {
  switch (key) {
    case 'ArrowRight':
      return active + 1;
    case 'ArrowLeft':
      return active - 1;
    case 'ArrowDown':
      return active + columns;
    case 'ArrowUp':
      return active - columns;
    case 'PageDown':
      return active + columns * 3;
    case 'PageUp':
      return active - columns * 3;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
};

/** After a key; null when it is none of the selection's own. */
export const gridKeyed = (state: GridSelection, event: Modifiers & { readonly key: string }, ids: readonly string[], columns: number): GridSelection | null => {
  if (event.key === 'Escape') return state.selected.size === 0 ? null : { ...state, selected: new Set() };
  if (ids.length === 0) return null;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a') return { ...state, selected: new Set(ids), anchor: 0 };
  const target = targetOf(event.key, state.active, ids.length, columns);
  if (target === null) return null;
  const index = Math.max(0, Math.min(ids.length - 1, target));
  return event.shiftKey ? { ...state, selected: between(ids, state.anchor, index), active: index } : gridPressed(state, index, ids, { shiftKey: false, ctrlKey: false, metaKey: false });
};
