import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, type FocusEvent, type KeyboardEvent } from 'react';
import type { Upload } from '../../../shared/model/upload';
import { isLowerBound } from '../../stores/library-store';
import { useText } from '../../stores/text';
import { useApp, useLibrary } from '../../stores/use-app';
import type { Question } from './library-dialogs';
import { UploadRow, UploadTile } from './upload-items';
import type { Selection } from './use-selection';

const ROW = 56;
const TILE = 184;

type LibraryListProps = {
  readonly uploads: readonly Upload[];
  readonly columns: number;
  readonly selection: Selection;
  readonly onAsk: (question: Question) => void;
  readonly onDetails: (index: number) => void;
  readonly onKey: (event: KeyboardEvent) => void;
};

/** The uploads as rows or tiles; only what is seen is drawn, and further pages come as the end nears. */
export const LibraryList = ({ uploads, columns, selection, onAsk, onDetails, onKey }: LibraryListProps) => {
  const { t } = useText();
  const { library } = useApp();
  const total = useLibrary((state) => state.total);
  const atLeast = useLibrary(isLowerBound);
  // A read that was overtaken by another is asked for again once that one is through.
  const mayRead = useLibrary((state) => !state.loading && state.problem === null);
  const box = useRef<HTMLDivElement>(null);
  const lines = Math.ceil(uploads.length / columns);
  const tiles = columns > 1;
  const activeLine = Math.floor(selection.active / columns);
  // The row with the keyboard stays drawn: scrolling by wheel must take neither the focus nor the list's tab stop away.
  const rangeExtractor = useCallback(
    (range: Range): number[] => {
      const seen = defaultRangeExtractor(range);
      return seen.includes(activeLine) || activeLine >= range.count ? seen : [...seen, activeLine].sort((a, b) => a - b);
    },
    [activeLine],
  );
  const virtualizer = useVirtualizer({
    count: lines,
    getScrollElement: () => box.current,
    estimateSize: () => (tiles ? TILE : ROW),
    rangeExtractor,
    overscan: tiles ? 2 : 8,
    paddingStart: 8,
    paddingEnd: 8,
  });
  const items = virtualizer.getVirtualItems();
  const lastSeen = virtualizer.range?.endIndex ?? 0;
  useEffect(() => {
    virtualizer.measure();
  }, [virtualizer, tiles]);
  useEffect(() => {
    if (mayRead && (lastSeen + 12) * columns >= uploads.length) void library.loadMore();
  }, [library, mayRead, lastSeen, columns, uploads.length]);
  const keydown = (event: KeyboardEvent): void => {
    if (!(event.target instanceof HTMLElement) || event.target.dataset['row'] === undefined) return;
    const moved = (index: number): void => {
      virtualizer.scrollToIndex(Math.floor(index / columns));
      requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-row="${index}"]`)?.focus({ preventScroll: true }));
    };
    if (selection.key(event, moved)) event.preventDefault();
    else onKey(event);
  };
  /** Whatever has the keyboard within a row, its row has it: that is where it goes on when the row is taken out. */
  const focus = (event: FocusEvent): void => {
    const row = event.target.closest<HTMLElement>('[data-row]')?.dataset['row'];
    if (row !== undefined) selection.hold(Number(row));
  };
  const itemProps = (upload: Upload, index: number) => ({
    upload,
    index,
    selected: selection.selected.has(upload.id),
    tabbable: index === selection.active,
    onPress: selection.press,
    onAsk,
    onDetails,
  });
  return (
    <div ref={box} className="@container h-full overflow-y-auto" data-testid="library-scroll">
      <div
        role="grid"
        aria-label={t('libraryLabel')}
        aria-multiselectable
        aria-rowcount={atLeast ? -1 : Math.ceil(total / columns)}
        onKeyDown={keydown}
        onFocus={focus}
        className="relative w-full"
        style={{ height: virtualizer.getTotalSize() }}
      >
        {items.map((item) => {
          const at = { transform: `translateY(${item.start}px)`, height: item.size } as const;
          const first = item.index * columns;
          const upload = uploads[first];
          if (upload === undefined) return null;
          return tiles ? (
            <div key={item.key} role="row" aria-rowindex={item.index + 1} className="absolute inset-x-2 top-0 grid" style={{ ...at, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
              {uploads.slice(first, first + columns).map((one, offset) => (
                <UploadTile key={one.id} {...itemProps(one, first + offset)} />
              ))}
            </div>
          ) : (
            <div key={upload.id} role="presentation" className="absolute inset-x-0 top-0" style={at}>
              <UploadRow {...itemProps(upload, first)} />
            </div>
          );
        })}
      </div>
    </div>
  );
};
