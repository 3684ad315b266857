import clsx from 'clsx';
import { ChevronDown, ChevronRight, Search } from 'lucide-react';
import { useCallback, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import type { TreeRow } from '../../../shared/model/resolver';
import { useText } from '../../stores/text';
import { inputClass } from '../../ui/field';
import { useResolver, useResolving } from './resolver-context';
import { StateSign } from './state-sign';
import { VirtualLines } from './virtual-lines';
import { placeText, stateKeys } from './words';

const HEIGHT = 26;
const INDENT = 16;
/** Deeper lines are not moved further: their values would leave the window. */
const DEEPEST = 12;

type LineProps = { readonly row: TreeRow; readonly line: number; readonly active: boolean };

const Line = ({ row, line, active }: LineProps) => {
  const text = useText();
  const { t, number } = text;
  const resolver = useResolver();
  const Chevron = row.expanded ? ChevronDown : ChevronRight;
  return (
    <div
      role="row"
      aria-level={row.level}
      aria-setsize={row.setSize}
      aria-posinset={row.place}
      aria-rowindex={line + 1}
      {...(row.expandable ? { 'aria-expanded': row.expanded } : {})}
      tabIndex={active ? 0 : -1}
      data-line={line}
      data-node={row.node}
      onClick={() => {
        resolver.setNode(row.node);
        if (row.item !== null) resolver.select(row.item);
        if (row.expandable) resolver.expand(row.node, !row.expanded);
      }}
      className={clsx('flex h-full items-center gap-1.5 pr-3 -outline-offset-2 hover:bg-hover', active && 'bg-hover')}
      style={{ paddingLeft: 8 + Math.min(row.level, DEEPEST) * INDENT - INDENT }}
    >
      <span role="gridcell" className="flex min-w-0 flex-1 items-center gap-1.5">
        <span aria-hidden className="flex w-4 shrink-0 justify-center text-text-2">
          {row.expandable ? <Chevron size={14} /> : null}
        </span>
        {row.step === null ? null : <span className={clsx('max-w-1/2 shrink-0 truncate font-medium', typeof row.step === 'string' ? 'font-mono' : '')}>{placeText([row.step], text)}</span>}
        <span className="min-w-0 truncate font-mono text-text-2">{row.expanded ? null : row.preview}</span>
      </span>
      <span role="gridcell" className="flex shrink-0" title={row.mark === null ? undefined : t(stateKeys[row.mark])}>
        {row.inside === 0 || row.expanded ? null : <span className="num mr-1.5 text-small text-warn">{t('resolverInside', { count: row.inside, formatted: number(row.inside) })}</span>}
        {row.mark === null ? null : (
          <>
            <StateSign state={row.mark} />
            <span className="sr-only">{t(stateKeys[row.mark])}</span>
          </>
        )}
      </span>
    </div>
  );
};

const FindBox = () => {
  const { t } = useText();
  const resolver = useResolver();
  const [text, setText] = useState('');
  const [missing, setMissing] = useState(false);
  return (
    <span className="relative ml-auto flex items-center gap-2">
      <span role="status" className="text-small text-text-2">
        {missing ? t('resolverNotFound') : ''}
      </span>
      <Search size={14} aria-hidden className="pointer-events-none absolute right-2.5 top-1.25 text-text-2" />
      <input
        type="text"
        role="searchbox"
        value={text}
        placeholder={t('resolverFind')}
        aria-label={t('resolverFind')}
        spellCheck={false}
        onChange={(event) => {
          setText(event.target.value);
          setMissing(false);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          event.stopPropagation();
          void resolver.find(text).then((found) => setMissing(!found));
        }}
        className={`${inputClass} !h-6 !w-44 !pr-7 text-small`}
      />
    </span>
  );
};

/** The document that comes of the decisions so far, as a tree; what was decided or merged in it is marked. */
export const ResultTree = ({ scroller }: { readonly scroller: (scroll: (line: number) => void) => void }) => {
  const { t } = useText();
  const resolver = useResolver();
  const { rows, total, loaded } = useStore(resolver.tree.store);
  const node = useResolving((state) => state.node);
  const found = [...rows].find(([, row]) => row.node === node)?.[0];
  const active = found ?? 0;
  const box = useRef<HTMLDivElement>(null);
  const follows = useRef(false);
  useEffect(() => {
    if (!follows.current) return;
    const element = box.current?.querySelector<HTMLElement>(`[data-line="${active}"]`);
    if (element == null) return;
    follows.current = false;
    element.focus({ preventScroll: true });
  }, [active, rows]);
  const onShown = useCallback((first: number, last: number) => void resolver.tree.want(first, last), [resolver]);
  const scroll = useRef<(line: number) => void>(() => undefined);
  const onScroller = useCallback(
    (given: (line: number) => void) => {
      scroll.current = given;
      scroller(given);
    },
    [scroller],
  );
  const goTo = (line: number): void => {
    const row = rows.get(line);
    if (row === undefined) return;
    follows.current = true;
    scroll.current(line);
    resolver.setNode(row.node);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (!(event.target instanceof HTMLElement) || event.target.dataset['node'] === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = rows.get(active);
    if (row === undefined) return;
    if (event.key === 'ArrowDown') goTo(active + 1);
    else if (event.key === 'ArrowUp') goTo(active - 1);
    else if (event.key === 'ArrowRight' && row.expandable) {
      if (row.expanded) goTo(active + 1);
      else resolver.expand(row.node, true);
    } else if (event.key === 'ArrowLeft') {
      if (row.expanded) resolver.expand(row.node, false);
      else for (let line = active - 1; line >= 0; line -= 1) if ((rows.get(line)?.level ?? row.level) < row.level) return goTo(line);
    } else if (event.key === 'Enter' && row.item !== null) resolver.select(row.item);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <section aria-label={t('resolverTree')} className="flex h-full min-h-0 flex-col border-t border-line bg-surface">
      <div className="flex h-9 shrink-0 items-center gap-2 border-b border-line px-3">
        <h2 className="font-semibold">{t('resolverTree')}</h2>
        <FindBox />
      </div>
      <div ref={box} className="min-h-0 flex-1">
        {loaded && total === 0 ? (
          <p className="p-4 text-center text-text-2">{t('resolverTreeEmpty')}</p>
        ) : (
          <VirtualLines label={t('resolverTree')} role="treegrid" count={total} height={HEIGHT} active={active} onShown={onShown} onKey={onKey} onScroller={onScroller} busy={!loaded}>
            {(line) => {
              const row = rows.get(line);
              return row === undefined ? null : <Line row={row} line={line} active={line === active} />;
            }}
          </VirtualLines>
        )}
      </div>
    </section>
  );
};
