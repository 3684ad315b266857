import clsx from 'clsx';
import { RefreshCw } from 'lucide-react';
import { useCallback, useEffect, useRef, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import type { ListRow } from '../../../shared/model/resolver';
import { useText } from '../../stores/text';
import { wholeShow } from '../../stores/resolver-state';
import { Button } from '../../ui/button';
import { useResolver, useResolving } from './resolver-context';
import { StateSign } from './state-sign';
import { VirtualLines } from './virtual-lines';
import { kindKey, placeText, stateKeys } from './words';

const HEIGHT = 40;

const GroupRow = ({ row, line }: { readonly row: Extract<ListRow, { type: 'group' }>; readonly line: number }) => {
  const { t, number } = useText();
  return (
    <div role="row" aria-level={1} aria-expanded aria-rowindex={line + 1} className="flex h-full items-end gap-2 px-3 pb-1">
      <span role="rowheader" aria-label={t(row.open === 0 ? 'resolverGroupDone' : 'resolverGroup', { name: row.name, open: row.open, count: row.count })} className="flex min-w-0 flex-1 items-baseline gap-2">
        <span className="truncate font-semibold">{row.name}</span>
        <span className="num ml-auto shrink-0 text-small text-text-2">{row.open === 0 ? number(row.count) : `${number(row.open)} / ${number(row.count)}`}</span>
      </span>
    </div>
  );
};

const PlaceRow = ({ row, line, items, selected, apart }: { readonly row: Extract<ListRow, { type: 'item' }>; readonly line: number; readonly items: number; readonly selected: boolean; /** It stands by itself behind the places of a heading. */ readonly apart: boolean }) => {
  const text = useText();
  const { t } = text;
  const resolver = useResolver();
  const path = placeText(row.path, text);
  const hasBase = useResolving(({ view }) => view?.base !== null);
  const state = t(stateKeys[row.state]);
  return (
    <div
      role="row"
      aria-level={row.below ? 2 : 1}
      aria-selected={selected}
      aria-rowindex={line + 1}
      aria-setsize={items}
      aria-posinset={row.place}
      tabIndex={selected ? 0 : -1}
      data-line={line}
      data-place={row.id}
      onClick={() => resolver.select(row.id)}
      className={clsx('flex h-full items-center gap-2 border-l-2 pr-3 -outline-offset-2', row.below ? 'pl-7' : 'pl-2.5', apart && 'border-t border-t-line', selected ? 'border-accent bg-accent-soft' : 'border-transparent hover:bg-hover')}
    >
      <span role="gridcell" className="flex shrink-0" aria-label={state} title={state}>
        <StateSign state={row.state} />
      </span>
      <span role="gridcell" className="min-w-0 flex-1">
        <span className={clsx('block truncate', row.below || 'font-semibold')} title={path}>
          {path}
        </span>
        <span className={clsx('block truncate text-small', row.again ? 'text-warn' : 'text-text-2')} data-again={row.again}>
          {row.again ? <RefreshCw size={12} aria-hidden className="mr-1 inline align-[-1px]" /> : null}
          {t(row.again ? 'resolverLookAgain' : kindKey(row.kind, hasBase))} · <span className="font-mono">{row.preview ?? t('resolverGone')}</span>
        </span>
      </span>
    </div>
  );
};

const isBelow = (row: ListRow | undefined): boolean => row?.type === 'item' && row.below;

/** The places of the document that a person can decide, under the keys at its top. */
export const PlaceList = ({ scroller, describedBy }: { readonly scroller: (scroll: (line: number) => void) => void; readonly describedBy: string }) => {
  const { t } = useText();
  const resolver = useResolver();
  const { rows, total, loaded } = useStore(resolver.list.store);
  const selected = useResolving((state) => state.selected);
  const active = [...rows].find(([, row]) => row.type === 'item' && row.id === selected)?.[0] ?? -1;
  const isFiltered = useResolving(({ filter, view }) => filter.text !== '' || filter.kind !== null || (view !== null && filter.show !== wholeShow(view)));
  const items = useResolving((state) => state.items);
  const box = useRef<HTMLDivElement>(null);
  // The keyboard goes with the selection when it was in the list, or nowhere.
  const follows = useRef(true);
  useEffect(() => {
    const element = box.current?.querySelector<HTMLElement>(`[data-line="${active}"]`);
    if (element == null) return;
    // Where the whole screen scrolls, the place goes on in sight.
    box.current?.scrollIntoView({ block: 'nearest' });
    const here = document.activeElement;
    if (follows.current || here === document.body || (box.current?.contains(here) ?? false)) element.focus({ preventScroll: true });
    follows.current = false;
  }, [active, selected]);
  const onShown = useCallback((first: number, last: number) => void resolver.list.want(first, last), [resolver]);
  const onKey = (event: KeyboardEvent): void => {
    if (!(event.target instanceof HTMLElement) || event.target.dataset['place'] === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'ArrowDown') resolver.move(false, false);
    else if (event.key === 'ArrowUp') resolver.move(true, false);
    else if (event.key === 'Home') resolver.end(false);
    else if (event.key === 'End') resolver.end(true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={box} className="h-full">
      {loaded && total === 0 ? (
        <div className="flex flex-col items-center gap-3 p-4 text-center text-text-2">
          <p>{t('resolverNoPlaces')}</p>
          {isFiltered ? (
            <Button size="s" onClick={() => resolver.clearFilter()}>
              {t('resolverClearFilter')}
            </Button>
          ) : null}
        </div>
      ) : (
        <VirtualLines label={t('resolverPlaces')} role="treegrid" count={total} height={HEIGHT} active={active} onShown={onShown} onKey={onKey} onScroller={scroller} describedBy={describedBy} busy={!loaded}>
          {(line) => {
            const row = rows.get(line);
            if (row === undefined) return null;
            return row.type === 'group' ? <GroupRow row={row} line={line} /> : <PlaceRow row={row} line={line} items={items} selected={row.id === selected} apart={!row.below && isBelow(rows.get(line - 1))} />;
          }}
        </VirtualLines>
      )}
    </div>
  );
};
