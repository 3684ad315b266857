import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import type { LibraryQuery, UploadSelection } from '../../../shared/model/library-query';
import type { Upload } from '../../../shared/model/upload';
import type { LibraryState } from '../../stores/library-store';
import { placeOf, rowAt } from '../../stores/library-window';
import { useApp } from '../../stores/use-app';
import type { Outline } from './outline';
import {
  aimed,
  allPicked,
  cleared,
  followed,
  held,
  isPicked,
  keyed,
  nothingSelected,
  pickedCount,
  pickedRow,
  pressed,
  rangeRead,
  selectedAgain,
  selectionOf,
  spotPlace,
  withoutRemoved,
  type Picked,
  type PickedRow,
  type SelectionState,
  type View,
} from './selection';

/** Uploads that an action is about. */
export type Chosen = {
  readonly selection: UploadSelection;
  readonly count: number;
  /** False: at least `count`. */
  readonly exact: boolean;
  /** What is known of each, in the view's order; null for "all that match". */
  readonly rows: readonly PickedRow[] | null;
};

export const chosenOf = (uploads: readonly Upload[]): Chosen => ({
  selection: { ids: uploads.map(({ id }) => id) },
  count: uploads.length,
  exact: true,
  rows: uploads.map((upload, place) => pickedRow(upload, place)),
});

export type Selection = {
  readonly picked: Picked;
  readonly count: number;
  /** A range that reaches beyond what is at hand is being read. */
  readonly reading: boolean;
  /** The place that has the keyboard. */
  readonly active: number;
  readonly has: (upload: Upload | undefined, place: number) => boolean;
  readonly chosen: () => Chosen | null;
  readonly press: (place: number, event: Pick<MouseEvent, 'shiftKey' | 'ctrlKey' | 'metaKey'>) => void;
  /** Selects one alone unless it is among the selected, and gives it the keyboard. */
  readonly aim: (place: number) => void;
  /** Gives a row the keyboard and changes nothing that is selected. */
  readonly hold: (place: number) => void;
  readonly all: () => void;
  /** Selects nothing; the row that has the keyboard keeps it. */
  readonly clear: () => void;
  /** Selects nothing; what is returned selects the same again, unless something else was selected or looked for meanwhile. */
  readonly letGo: () => () => void;
  /** Moves or selects; true when the key was one of its own. `moved` gets the place to show. */
  readonly key: (event: KeyboardEvent, page: number, moved: (place: number) => void) => boolean;
};

type Shown = Pick<LibraryState, 'pages' | 'total' | 'exact' | 'query' | 'shown'>;
type SetState = (change: (state: SelectionState) => SelectionState) => void;

/** Reads the ranges that reach beyond what is at hand, and lets go of what was removed. */
const useUpkeep = (state: SelectionState, setState: SetState, view: View): void => {
  const { client, library } = useApp();
  const current = useRef(view);
  current.current = view;
  const range = state.picked.kind === 'some' ? state.picked.reading : null;
  useEffect(() => {
    if (range === null) return;
    const read = async (): Promise<void> => {
      const rows = new Map<string, PickedRow>();
      let whole = false;
      // Places that shift while they are read would take in the wrong rows.
      for (let tries = 0; tries < 3 && !whole; tries += 1) {
        rows.clear();
        whole = await library.walk(range.from, range.to, (upload, place) => rows.set(upload.id, pickedRow(upload, place)));
      }
      setState((before) => rangeRead(before, range, whole ? rows : null, current.current));
    };
    void read();
  }, [library, range, setState]);
  useEffect(
    () =>
      client.on('library:changed', ({ removed }) => {
        if (removed.length === 0) return;
        // The view as it was drawn last: it still has them.
        const drawn = current.current;
        setState((before) => withoutRemoved(before, removed, drawn));
      }),
    [client, setState],
  );
};

/** Another filter is another list: nothing of the old one stays selected. Another order keeps the selection. */
const askedAnew = (state: SelectionState, last: LibraryQuery | null, shown: LibraryQuery | null): SelectionState => {
  if (last === null || shown === null || last === shown) return state;
  if (JSON.stringify(last.filter) !== JSON.stringify(shown.filter)) return nothingSelected;
  return { picked: state.picked.kind === 'all' ? { ...state.picked, query: shown } : state.picked, anchor: null, active: { place: 0, id: null } };
};

/**
 * The selection as it is in this view. It is set right while the screen is drawn, so that nothing is drawn twice for it, and
 * only for another view: what is selected in one that is still empty waits for its rows, as after an undo.
 */
const useSelectionState = (shown: LibraryQuery | null, view: View): readonly [SelectionState, SetState] => {
  const { library } = useApp();
  const [state, setState] = useState<SelectionState>(() => ({ ...nothingSelected, active: library.left() ?? nothingSelected.active }));
  const [last, setLast] = useState({ shown, view });
  const isAnother = last.view !== view;
  const now = isAnother ? followed(askedAnew(state, last.shown, shown), view) : state;
  if (isAnother) setLast({ shown, view });
  if (now !== state) setState(now);
  const { active } = now;
  useEffect(() => () => library.leave(active), [library, active]);
  return [now, setState];
};

/** Selecting as in a file manager over a list of which only a window is at hand. */
export const useSelection = ({ pages, total, exact, query, shown }: Shown, outline: Outline, grid: boolean): Selection => {
  const view = useMemo<View>(
    () => ({ query: shown ?? query, total, at: (place) => rowAt(pages, place), placeOf: (id) => placeOf(pages, id) }),
    [pages, total, query, shown],
  );
  const [state, setState] = useSelectionState(shown, view);
  useUpkeep(state, setState, view);
  const latest = useRef({ view, outline, grid });
  latest.current = { view, outline, grid };
  const { picked } = state;
  const press = useCallback<Selection['press']>((place, event) => setState((before) => pressed(before, place, event, latest.current.view)), [setState]);
  const aim = useCallback<Selection['aim']>((place) => setState((before) => aimed(before, place, latest.current.view)), [setState]);
  const picks = useRef(picked);
  picks.current = picked;
  const letGo = useCallback<Selection['letGo']>(() => {
    const [was, filter] = [picks.current, JSON.stringify(latest.current.view.query.filter)];
    setState(cleared);
    return () => setState((before) => (JSON.stringify(latest.current.view.query.filter) === filter ? selectedAgain(before, was) : before));
  }, [setState]);
  const hold = useCallback<Selection['hold']>((place) => setState((before) => held(before, place, latest.current.view)), [setState]);
  // The same object for as long as nothing of it changed: the list is not drawn again for what lies around it.
  return useMemo(
    () => ({
      picked,
      count: pickedCount(picked, total),
      reading: picked.kind === 'some' && picked.reading !== null,
      active: Math.max(0, spotPlace(state.active, view)),
      has: (upload, place) => isPicked(picked, upload, place),
      chosen: () => {
        const selection = selectionOf(picked, view);
        if (selection === null) return null;
        if (picked.kind === 'all') return { selection, count: pickedCount(picked, total), exact, rows: null };
        const ids = 'ids' in selection ? selection.ids : [];
        return { selection, count: ids.length, exact: true, rows: ids.flatMap((id) => picked.rows.get(id) ?? []) };
      },
      press,
      aim,
      hold,
      all: () => setState((before) => allPicked(before, view)),
      clear: () => setState(cleared),
      letGo,
      key: (event, page, moved) => {
        const after = keyed(state, event, { view, outline, page, grid });
        if (after === null) return false;
        setState(() => after.state);
        if (after.to !== null) moved(after.to);
        return true;
      },
    }),
    [state, picked, total, exact, view, outline, grid, press, aim, hold, letGo, setState],
  );
};
