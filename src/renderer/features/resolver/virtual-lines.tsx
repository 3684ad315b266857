import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';

type VirtualLinesProps = {
  readonly label: string;
  readonly role: 'treegrid' | 'grid';
  readonly count: number;
  readonly height: number;
  /** The line that has the keyboard; it is kept drawn. -1: none. */
  readonly active: number;
  /** Told of the lines in view. */
  readonly onShown: (first: number, last: number) => void;
  readonly onKey: (event: KeyboardEvent) => void;
  /** Gives the way to bring a line into view. */
  readonly onScroller: (scroll: (line: number) => void) => void;
  readonly describedBy?: string;
  readonly busy?: boolean;
  readonly children: (line: number) => ReactNode;
};

/** Lines of one height, of which only those in sight are drawn. A line that can have the keyboard marks itself with `data-line`. */
export const VirtualLines = ({ label, role, count, height, active, onShown, onKey, onScroller, describedBy, busy = false, children }: VirtualLinesProps) => {
  const box = useRef<HTMLDivElement>(null);
  const rangeExtractor = useCallback(
    (range: Range): number[] => {
      const seen = defaultRangeExtractor(range);
      return active < 0 || active >= range.count || seen.includes(active) ? seen : [...seen, active].sort((a, b) => a - b);
    },
    [active],
  );
  const virtualizer = useVirtualizer({ count, getScrollElement: () => box.current, estimateSize: () => height, rangeExtractor, overscan: 6 });
  const first = virtualizer.range?.startIndex ?? 0;
  const last = virtualizer.range?.endIndex ?? 0;
  useEffect(() => onShown(first, last), [onShown, first, last]);
  useEffect(() => onScroller((line) => virtualizer.scrollToIndex(line, { align: 'auto' })), [onScroller, virtualizer]);
  return (
    <div ref={box} className="h-full overflow-y-auto" data-testid="lines">
      <div role={role} aria-label={label} aria-rowcount={count} aria-busy={busy} aria-describedby={describedBy} onKeyDown={onKey} className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((line) => (
          <div key={line.key} role="presentation" className="absolute inset-x-0 top-0" style={{ transform: `translateY(${line.start}px)`, height }}>
            {children(line.index)}
          </div>
        ))}
      </div>
    </div>
  );
};
