import { useCallback, useLayoutEffect, useReducer, useRef, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import type { LineSizes, Outline } from './outline';

/** A line that is drawn: where it lies in the list, in pixels. */
export type DrawnLine = { readonly index: number; readonly start: number; readonly size: number };
/** The first and the last line that are seen. */
export type SeenLines = { readonly first: number; readonly last: number };

export type LineWindow = {
  readonly lines: readonly DrawnLine[];
  /** Null while there is none, or no room. */
  readonly seen: SeenLines | null;
  /** The height of the whole list. */
  readonly height: number;
  /** The height of the box; 0 before it was looked at. Asking the element itself would have it laid out once more. */
  readonly room: number;
  /** Brings a line into view: by the shortest way, or to the `top`. */
  readonly scrollTo: (line: number, where?: 'nearest' | 'top') => void;
};

type LineWindowProps = {
  readonly box: RefObject<HTMLElement | null>;
  readonly outline: Outline;
  readonly sizes: LineSizes;
  /** Room above the first line and below the last one. */
  readonly above: number;
  readonly below: number;
  /** What lies over the top of the box and hides what scrolls under it. */
  readonly covered: number;
  /** Lines drawn beyond each edge. */
  readonly beyond: number;
  /** A line that stays drawn wherever the list is scrolled to. */
  readonly kept: number;
};

type Geometry = Pick<LineWindowProps, 'outline' | 'sizes' | 'above' | 'below' | 'covered'> & { readonly height: number };
type Position = { readonly top: number; readonly height: number };

const seenOf = ({ outline, sizes, above, height }: Geometry, position: Position): SeenLines | null => {
  if (outline.lines === 0 || position.height === 0) return null;
  // The list may have become shorter than where it was scrolled to.
  const top = Math.max(0, Math.min(position.top, height - position.height)) - above;
  return { first: outline.lineAt(top, sizes), last: outline.lineAt(top + position.height - 1, sizes) };
};

const targetOf = ({ outline, sizes, above, below, covered }: Geometry, { top, height }: Position, line: number, where: 'nearest' | 'top'): number => {
  const start = above + outline.topOf(line, sizes);
  const end = above + outline.topOf(line + 1, sizes);
  if (where === 'top' || start < top + covered) return start - covered;
  return end + below > top + height ? end + below - height : top;
};

/**
 * Which lines of a list to draw. Where a line lies is reckoned from the days above it, so neither the time nor the memory
 * that a view takes depends on how many uploads it has. (@tanstack/react-virtual measures every line of a view once
 * more with each new one, and keeps what it measured.)
 */
export const useLineWindow = ({ box, outline, sizes, above, below, covered, beyond, kept }: LineWindowProps): LineWindow => {
  const [, redraw] = useReducer((times: number) => times + 1, 0);
  const position = useRef<Position>({ top: 0, height: 0 });
  const height = above + outline.topOf(outline.lines, sizes) + below;
  const geometry: Geometry = { outline, sizes, above, below, covered, height };
  const seen = seenOf(geometry, position.current);
  const latest = useRef({ geometry, seen });
  latest.current = { geometry, seen };
  /** Looks where the box is now; true when other lines are to be seen. */
  const look = useCallback((): boolean => {
    if (box.current === null) return false;
    position.current = { top: box.current.scrollTop, height: box.current.clientHeight };
    const now = seenOf(latest.current.geometry, position.current);
    const { seen: before } = latest.current;
    return now?.first !== before?.first || now?.last !== before?.last;
  }, [box]);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    if (look()) redraw();
    const scrolled = (): void => {
      // In the frame that scrolls, not after it: no gap is seen.
      if (look()) flushSync(redraw);
    };
    const observer = new ResizeObserver(() => {
      if (look()) redraw();
    });
    observer.observe(element);
    element.addEventListener('scroll', scrolled, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', scrolled);
    };
  }, [box, look]);
  const scrollTo = useCallback<LineWindow['scrollTo']>(
    (line, where = 'nearest') => {
      if (box.current === null) return;
      const to = Math.max(0, targetOf(latest.current.geometry, position.current, line, where));
      if (to === position.current.top) return;
      box.current.scrollTop = to;
      if (look()) redraw();
    },
    [box, look],
  );
  return { lines: seen === null ? [] : drawnOf(geometry, seen, beyond, kept), seen, height, room: position.current.height, scrollTo };
};

function drawnOf({ outline, sizes, above }: Geometry, seen: SeenLines, beyond: number, kept: number): readonly DrawnLine[] {
  const from = Math.max(0, seen.first - beyond);
  const to = Math.min(outline.lines - 1, seen.last + beyond);
  const indexes = Array.from({ length: to - from + 1 }, (_, nth) => from + nth);
  if (kept < from) indexes.unshift(kept);
  else if (kept > to && kept < outline.lines) indexes.push(kept);
  return indexes.map((index) => {
    const start = above + outline.topOf(index, sizes);
    return { index, start, size: above + outline.topOf(index + 1, sizes) - start };
  });
}
