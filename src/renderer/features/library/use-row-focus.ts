import { useCallback, useEffect, useRef, type FocusEvent, type RefObject } from 'react';

const rowOf = (element: Element | null): HTMLElement | null => element?.closest<HTMLElement>('[data-row]') ?? null;

type Active = { readonly place: number; readonly id: string | undefined };

/**
 * Keeps the keyboard with the active row: it follows when that moves, and goes to the row that takes its place when it
 * is taken out, also from a button within it. Returns the handler for `focus` within the list.
 */
export const useRowFocus = (box: RefObject<HTMLElement | null>, { place, id }: Active, hold: (place: number) => void): ((event: FocusEvent) => void) => {
  const before = useRef<Active>({ place, id });
  const moving = useRef(false);
  /** The row was taken out while a menu had the keyboard, which gives it back to a button of the next row. */
  const handedOver = useRef(false);
  const focusRow = useCallback((): void => {
    moving.current = true;
    box.current?.querySelector<HTMLElement>(`[data-row="${place}"]`)?.focus({ preventScroll: true });
    moving.current = false;
  }, [box, place]);
  useEffect(() => {
    const last = before.current;
    before.current = { place, id };
    if (last.place === place && last.id === id) return;
    const replaced = last.place === place && last.id !== undefined && id !== undefined;
    const at = document.activeElement;
    const row = rowOf(at);
    if (row === null || box.current?.contains(row) !== true) {
      handedOver.current = replaced;
      return;
    }
    handedOver.current = false;
    if (row.dataset['row'] !== String(place) || (replaced && at !== row)) focusRow();
  }, [box, place, id, focusRow]);
  const pressing = useRef(false);
  useEffect(() => {
    const note = (event: Event): void => {
      pressing.current = event.type === 'pointerdown';
    };
    const kinds = ['pointerdown', 'pointerup', 'pointercancel'] as const;
    for (const kind of kinds) document.addEventListener(kind, note, true);
    return () => kinds.forEach((kind) => document.removeEventListener(kind, note, true));
  }, []);
  return (event) => {
    const row = rowOf(event.target);
    if (moving.current || row === null || box.current?.contains(row) !== true) return;
    if (row === event.target) {
      // A press selects, too, and needs to know the row before; focus that came otherwise makes its row the active one.
      if (!pressing.current) hold(Number(row.dataset['row']));
      return;
    }
    const returned = handedOver.current && row.dataset['row'] === String(place) && !row.contains(event.relatedTarget);
    handedOver.current = false;
    if (returned) focusRow();
    else hold(Number(row.dataset['row']));
  };
};
