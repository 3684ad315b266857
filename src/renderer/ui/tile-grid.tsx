import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useWidth } from './use-width';

type TileGridProps = {
  /** Its name for assistive technology. */
  readonly label: string;
  readonly count: number;
  /** Narrowest width of a tile and its height, in CSS pixels. */
  readonly tile: { readonly width: number; readonly height: number };
  readonly keyOf: (index: number) => string;
  /** The place that has the keyboard; its tile is kept drawn. */
  readonly active: number;
  readonly children: (index: number) => ReactNode;
  /** After every tile: that more is being read, that this is the end. */
  readonly after?: ReactNode;
  /** Keys pressed on a tile, with the columns there are now; true when the key was used up. */
  readonly onKey?: (event: KeyboardEvent, columns: number) => boolean;
  /** The places that are drawn. */
  readonly onShown?: (first: number, last: number) => void;
  readonly multiselectable?: boolean;
};

/** Tiles in as many columns as fit; only what is seen is drawn. A tile marks its element with `data-tile={index}`. */
export const TileGrid = ({ label, count, tile, keyOf, active, children, after, onKey, onShown, multiselectable = false }: TileGridProps) => {
  const box = useRef<HTMLDivElement | null>(null);
  const [width, measure] = useWidth();
  const attach = useCallback(
    (element: HTMLDivElement | null) => {
      box.current = element;
      return measure(element);
    },
    [measure],
  );
  const columns = Math.max(1, Math.floor((width - 24) / tile.width));
  const lines = width === 0 ? 0 : Math.ceil(count / columns);
  const activeLine = Math.floor(active / columns);
  // The tile with the keyboard stays drawn: scrolling by wheel must take neither the focus nor the grid's tab stop away.
  const rangeExtractor = useCallback(
    (range: Range): number[] => {
      const seen = defaultRangeExtractor(range);
      return seen.includes(activeLine) || activeLine >= range.count ? seen : [...seen, activeLine].sort((a, b) => a - b);
    },
    [activeLine],
  );
  const virtualizer = useVirtualizer({ count: lines, getScrollElement: () => box.current, estimateSize: () => tile.height, rangeExtractor, overscan: 2, paddingStart: 8, paddingEnd: 8 });
  const rows = virtualizer.getVirtualItems();
  const first = (virtualizer.range?.startIndex ?? 0) * columns;
  const last = Math.min(count, ((virtualizer.range?.endIndex ?? -1) + 1) * columns) - 1;
  useEffect(() => {
    if (last >= first) onShown?.(first, last);
  }, [onShown, first, last]);
  const moved = useRef(false);
  useEffect(() => {
    if (!moved.current) return undefined;
    moved.current = false;
    virtualizer.scrollToIndex(Math.floor(active / columns));
    const frame = requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-tile="${active}"]`)?.focus({ preventScroll: true }));
    return () => cancelAnimationFrame(frame);
  }, [active, columns, virtualizer]);
  const keydown = (event: KeyboardEvent): void => {
    if (!(event.target instanceof HTMLElement) || event.target.dataset['tile'] === undefined) return;
    if (onKey?.(event, columns) !== true) return;
    event.preventDefault();
    moved.current = true;
  };
  return (
    <div ref={attach} className="h-full overflow-y-auto">
      <div role="grid" aria-label={label} aria-multiselectable={multiselectable} aria-rowcount={lines} onKeyDown={keydown} className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {rows.map((row) => (
          <div
            key={row.key}
            role="row"
            aria-rowindex={row.index + 1}
            className="absolute inset-x-3 top-0 grid"
            style={{ transform: `translateY(${row.start}px)`, height: row.size, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
          >
            {Array.from({ length: Math.min(columns, count - row.index * columns) }, (_, offset) => row.index * columns + offset).map((index) => (
              <div key={keyOf(index)} role="presentation" className="min-w-0">
                {children(index)}
              </div>
            ))}
          </div>
        ))}
      </div>
      {after}
    </div>
  );
};
