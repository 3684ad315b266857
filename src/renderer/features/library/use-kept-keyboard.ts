import { useEffect, useLayoutEffect, useRef } from 'react';
import { isAsking } from '../../ui/window-state';

/** The row that has the list's tab stop; null while it is not drawn. */
export const activeRow = (): HTMLElement | null => document.querySelector<HTMLElement>('[data-row][tabindex="0"]');

/** Gives the keyboard to the row that has the list's tab stop. */
export const focusList = (): void => activeRow()?.focus();

const typing = (target: EventTarget | null): boolean => target instanceof HTMLElement && (target.matches('input:not([type=radio], [type=range]), textarea') || target.isContentEditable);
const nowhere = (target: EventTarget | null): boolean => target === document.body || target instanceof HTMLHeadingElement;
/** What these do is seen at once and takes nothing away; the others change something and first show which row they would change. */
const looks = (event: KeyboardEvent): boolean => event.key === ' ';
const deeds = new Set(['Enter', 'Delete', 'Backspace']);
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

type ScreenKeys = {
  readonly selectAll: () => void;
  /** What a key does that was pressed on a row. */
  readonly act: (event: KeyboardEvent) => void;
  readonly selected: boolean;
};

/**
 * Keys that mean the list although nothing in it has the keyboard, e.g. just after the screen was opened: Ctrl/Cmd+A selects
 * uploads, never the page's words; arrows go to the rows; Space and Ctrl/Cmd+I look at the active row; Enter and Delete act on
 * what is selected, else lead to the row that they would act on.
 */
export const useScreenKeys = (keys: ScreenKeys): void => {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || isAsking() || typing(event.target)) return;
      const command = (event.ctrlKey || event.metaKey) && !event.altKey;
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey && nowhere(event.target);
      const { selectAll, act, selected } = latest.current;
      if (command && event.key.toLowerCase() === 'a') {
        selectAll();
        focusList();
      } else if (command && event.key.toLowerCase() === 'i') act(event);
      else if (plain && (looks(event) || deeds.has(event.key))) {
        focusList();
        if (looks(event) || selected) act(event);
      } else if (plain && towardsRows.has(event.key)) focusList();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
};
