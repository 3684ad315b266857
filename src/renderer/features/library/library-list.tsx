import { memo, useDeferredValue, useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { rowAt } from '../../stores/library-window';
import { useText } from '../../stores/text';
import { useApp, useLibrary } from '../../stores/use-app';
import { ContextArea } from '../../ui/context-menu';
import type { MenuEntry } from '../../ui/menu';
import { DayHeading } from './day-heading';
import type { Outline } from './outline';
import { createSlots } from './slots';
import { UploadRow, UploadTile } from './upload-items';
import { useLineWindow, type LineWindow } from './use-line-window';
import { useRowFocus } from './use-row-focus';
import type { UploadActions } from './use-upload-actions';
import type { Selection } from './use-selection';

const ROW = 56;
const HEADING = 36;
const MARGIN = 8;
/** Below this width a name has no room. */
const NAMED_FROM = 120;

type LibraryListProps = {
  readonly outline: Outline;
  readonly columns: number;
  /** Rows lie under their days. */
  readonly grouped: boolean;
  readonly tile: number;
  readonly layout: 'grid' | 'list';
  readonly selection: Selection;
  readonly actions: UploadActions;
  readonly menu: () => readonly MenuEntry[];
  readonly onKey: (event: KeyboardEvent) => void;
};

const heightOf = (layout: 'grid' | 'list', tile: number): number => (layout === 'list' ? ROW : Math.round(tile * 0.78) + (tile >= NAMED_FROM ? 36 : 12));

/** Tells the store what is on screen, starts where the list was left, stays there when it is laid out anew, and goes to the top when something else was asked for. */
const useScrolling = ({ seen, scrollTo }: LineWindow, outline: Outline, arrangement: string, room: number): void => {
  const { library } = useApp();
  const shown = useLibrary((state) => state.shown);
  const [from, to] = [seen?.first ?? 0, seen?.last ?? -1];
  useEffect(() => {
    if (to < from) return;
    const first = outline.line(from);
    const below = outline.line(Math.min(from + 1, outline.lines - 1));
    const last = outline.line(to);
    const before = outline.line(Math.max(0, to - 1));
    const start = first.kind === 'uploads' ? first.first : below.kind === 'uploads' ? below.first : 0;
    const end = last.kind === 'uploads' ? last.first + last.count - 1 : before.kind === 'uploads' ? before.first + before.count - 1 : start;
    library.show(start, Math.max(start, end), room);
  }, [library, from, to, outline, room]);
  const last = useRef<typeof shown>(null);
  useLayoutEffect(() => {
    const before = last.current;
    last.current = shown;
    if (before === null) {
      const { first } = library.seen();
      if (first > 0) scrollTo(outline.lineOf(first), 'top');
    } else if (before !== shown) scrollTo(0, 'top');
  }, [library, scrollTo, outline, shown]);
  const arranged = useRef(arrangement);
  useLayoutEffect(() => {
    if (arranged.current === arrangement) return;
    arranged.current = arrangement;
    const { first } = library.seen();
    if (first > 0) scrollTo(outline.lineOf(first), 'top');
  }, [library, scrollTo, outline, arrangement]);
};

/** Busy while its rows answer another question than the one asked last: then it alone is drawn anew. */
const Grid = (props: React.ComponentProps<'div'>) => {
  const behind = useLibrary((state) => state.shown !== state.query);
  return <div role="grid" aria-multiselectable aria-busy={behind} {...props} />;
};

/** The uploads as rows or tiles under their days; only what is seen is drawn, whatever the number. */
export const LibraryList = memo(({ outline, columns, grouped, tile, layout, selection, actions, menu, onKey }: LibraryListProps) => {
  const { t } = useText();
  const pages = useLibrary((state) => state.pages);
  // What lies beyond the screen follows once the screen itself is drawn.
  const later = useDeferredValue(pages);
  const exact = useLibrary((state) => state.exact);
  const box = useRef<HTMLDivElement>(null);
  const height = heightOf(layout, tile);
  const beyond = layout === 'grid' ? 1 : 4;
  const activeLine = outline.lines === 0 ? 0 : outline.lineOf(selection.active);
  const headed = outline.headingOf(0) !== null;
  const sizes = useMemo(() => ({ uploads: height, day: HEADING }), [height]);
  // The row with the keyboard stays drawn: scrolling by wheel must take neither the focus nor the list's tab stop away.
  const drawn = useLineWindow({ box, outline, sizes, above: headed ? 0 : MARGIN, below: MARGIN, covered: headed ? HEADING : MARGIN, beyond, kept: activeLine });
  const page = Math.max(1, Math.floor((drawn.room - HEADING) / height));
  // A screen that begins and ends in the middle of a line holds two more than fit, and some lines beyond it are drawn, too.
  useScrolling(drawn, outline, `${layout} ${columns} ${tile}`, (page + 3 + beyond) * columns);
  const heading = outline.lines === 0 ? null : outline.headingOf(drawn.seen?.first ?? 0);
  const headingLine = heading === null ? null : outline.line(heading);

  const { active } = selection;
  const focus = useRowFocus(box, { place: active, id: rowAt(pages, active)?.id }, selection.hold);
  const keydown = (event: KeyboardEvent): void => {
    if (!(event.target instanceof HTMLElement) || event.target.dataset['row'] === undefined) return;
    if (selection.key(event, page, (place) => drawn.scrollTo(outline.lineOf(place)))) event.preventDefault();
    else onKey(event);
  };
  const aim = (target: Element): boolean => {
    const place = target.closest<HTMLElement>('[data-row]')?.dataset['row'];
    if (place === undefined || rowAt(pages, Number(place)) === undefined) return false;
    selection.aim(Number(place));
    return true;
  };
  const { seen } = drawn;
  const item = (place: number, index: number, line: number, column: number) => {
    const isSeen = seen === null || (index >= seen.first && index <= seen.last);
    const upload = rowAt(isSeen || place === active ? pages : later, place);
    return { upload, place, line, column, selected: selection.has(upload, place), tabbable: place === active, grouped: grouped && headed, actions, onPress: selection.press };
  };
  const [slots] = useState(createSlots);
  const slotOf = slots.assign(drawn.lines.map(({ index }) => index));
  return (
    <ContextArea entries={menu} onAim={aim} className="h-full">
      <div ref={box} className="@container h-full overflow-y-scroll" data-testid="library-scroll">
        <Grid
          aria-label={t('libraryLabel')}
          aria-rowcount={exact ? outline.rows : -1}
          {...(layout === 'grid' ? { 'aria-colcount': columns } : {})}
          onKeyDown={keydown}
          onFocus={focus}
          className="relative w-full"
          style={{ height: drawn.height }}
        >
          {headingLine?.kind === 'day' ? (
            <div aria-hidden className="sticky top-0 z-10 h-0">
              <DayHeading day={headingLine.day} count={headingLine.count} height={HEADING} />
            </div>
          ) : null}
          {drawn.lines.map(({ index, start, size }, nth) => {
            const line = outline.line(index);
            const at = { transform: `translateY(${start}px)`, height: size } as const;
            if (line.kind === 'day')
              return (
                <div key={`day ${index}`} className="absolute inset-x-0 top-0" style={at}>
                  <DayHeading day={line.day} count={line.count} height={HEADING} />
                </div>
              );
            return layout === 'grid' ? (
              <div key={`${columns} ${slotOf[nth]}`} role="row" aria-rowindex={line.row + 1} className="absolute inset-x-2 top-0 grid contain-strict" style={{ ...at, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
                {Array.from({ length: line.count }, (_, across) => (
                  <UploadTile key={across} {...item(line.first + across, index, line.row + 1, across + 1)} named={tile >= NAMED_FROM} />
                ))}
              </div>
            ) : (
              <div key={slotOf[nth]} role="presentation" className="absolute inset-x-0 top-0 contain-strict" style={at}>
                <UploadRow {...item(line.first, index, line.row + 1, 1)} />
              </div>
            );
          })}
        </Grid>
      </div>
    </ContextArea>
  );
});
LibraryList.displayName = 'LibraryList';
