import { useEffect, useLayoutEffect, useRef } from 'react';
import { isAsking } from '../../ui/window-state';

/** The row that has the list's tab stop; null while it is not drawn. */
export const activeRow = (): HTMLElement | null => document.querySelector<HTMLElement>('[data-row][tabindex="0"]');

/** Gives the keyboard to the row that has the list's tab stop. */
export const focusList = (): void => activeRow()?.focus();

const typing = (target: EventTarget | null): boolean => target instanceof HTMLElement && (target.matches('input:not([type=radio], [type=range]), textarea') || target.isContentEditable);
const nowhere = (target: EventTarget | null): boolean => target === document.body || target instanceof HTMLHeadingElement;
const towardsRows = new Set(['ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageDown', 'PageUp']);

/** Runs `act` once the page has been drawn anew. Returns what calls it off. */
const afterDrawing = (act: () => void): (() => void) => {
  let frame = requestAnimationFrame(() => {
    frame = requestAnimationFrame(act);
  });
  return () => cancelAnimationFrame(frame);
};

type Kept = {
  /** A question or the preview is open over the list. */
  readonly covered: boolean;
  readonly total: number;
  /** Changes whenever rows are laid out anew, which takes the focused element away. */
  readonly arrangement: string;
};

/**
 * The list keeps the keyboard: after a question, a preview or a removal, and when its rows are laid out anew. A row that
 * moved on while the preview was open gets it in place of the one that it was opened from.
 */
export const useKeptKeyboard = ({ covered, total, arrangement }: Kept): void => {
  const wanted = useRef(false);
  const before = useRef(total);
  useEffect(() => {
    if (covered || total < before.current) wanted.current = true;
    before.current = total;
    if (covered || !wanted.current) return undefined;
    return afterDrawing(() => {
      const at = document.activeElement;
      if (at === document.body || (at instanceof HTMLElement && at.dataset['row'] !== undefined)) focusList();
      wanted.current = false;
    });
  }, [covered, total]);
  // An element that is taken away gives the keyboard to the page without a word: what had it last is noted.
  const onRow = useRef(false);
  useEffect(() => {
    const note = ({ target }: FocusEvent): void => {
      onRow.current = target instanceof HTMLElement && target.closest('[data-row]') !== null;
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, []);
  const arranged = useRef(arrangement);
  useLayoutEffect(() => {
    if (arranged.current === arrangement) return undefined;
    arranged.current = arrangement;
    if (!onRow.current) return undefined;
    return afterDrawing(() => {
      if (document.activeElement === document.body && !isAsking()) focusList();
    });
  }, [arrangement]);
};

/** Keys that mean the list although nothing in it has the keyboard: Ctrl/Cmd+A selects uploads, never the page's words, and arrows go to the rows. */
export const useScreenKeys = (selectAll: () => void): void => {
  const all = useRef(selectAll);
  all.current = selectAll;
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || isAsking() || typing(event.target)) return;
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a') {
        all.current();
        focusList();
      } else if (plain && nowhere(event.target) && towardsRows.has(event.key)) focusList();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
};
