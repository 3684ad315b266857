import { useVirtualizer } from '@tanstack/react-virtual';
import clsx from 'clsx';
import { FileBraces, GitCompareArrows, Monitor, MonitorSmartphone } from 'lucide-react';
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import type { SyncDocument, SyncVersionRow, SyncVersionSide } from '../../../shared/model/sync';
import type { SyncHistory } from '../../stores/sync-history';
import { countsWords, sizeWords, fileWords } from '../../stores/sync-words';
import { useText } from '../../stores/text';
import { makerWords } from './device-words';
import { LaneGraph, LanesBeside, widthOf } from './lane-graph';
import { useMinute } from './use-minute';
import { lanesBelow, lanesOf } from './version-lanes';
import { sideOf, timelineOf, type TimelineLine } from './version-lines';
import { VersionMarks } from './version-marks';
import { VersionSearch, type SearchBy } from './version-search';

const DAY_HEIGHT = 30;
const ROW_HEIGHT = 62;
/** Between the edge, or the graph, and the words. */
const INSET = 8;
const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8, Home: -Infinity, End: Infinity };

type ListProps = {
  readonly document: SyncDocument;
  readonly history: SyncHistory;
  readonly active: SyncVersionSide | null;
  readonly pinned: SyncVersionSide | null;
  readonly onActive: (side: SyncVersionSide) => void;
  readonly onPin: (side: SyncVersionSide | null) => void;
  /** Gets the keyboard when it appears. */
  readonly takesFocus: boolean;
  /** Enter or a click: shows what was chosen where there is no room beside the list. */
  readonly onOpen: () => void;
};

const VersionWords = ({ row, history, newest }: { readonly row: SyncVersionRow; readonly history: SyncHistory; readonly newest: boolean }) => {
  const text = useText();
  const counts = useStore(history.store, (state) => state.counts.get(row.version));
  const here = useStore(history.store, (state) => state.here);
  const words = counts === undefined || counts === null ? null : [countsWords(counts, text), sizeWords(counts, text)];
  const [parent] = row.parents;
  const isBeside = row.parents.length === 1 && parent !== undefined && parent !== row.version - 1;
  const Icon = row.isThisDevice ? Monitor : MonitorSmartphone;
  return (
    <>
      <span className="flex min-w-0 items-center gap-1.5">
        <span className="num shrink-0 font-medium">{text.t('syncVersionShort', { version: row.version })}</span>
        <span className={clsx('min-w-0 flex-1 truncate', row.note === '' && 'text-text-2')} title={row.note}>
          {here ? text.t('syncVersionKept') : row.note === '' ? text.t('syncNoNote') : row.note}
        </span>
        {isBeside ? <span className="sr-only">{text.t('syncMadeOn', { version: parent })}</span> : null}
        <VersionMarks row={row} newest={newest} />
      </span>
      <span className="num flex min-w-0 items-center gap-1.5 text-small text-text-2">
        {here && !row.isThisDevice ? (
          <span className="min-w-0 truncate">{text.t('syncVersionAsk')}</span>
        ) : (
          <>
            <Icon size={12} aria-hidden className="shrink-0" />
            <span className="min-w-0 truncate">{makerWords(row, text)}</span>
          </>
        )}
        {row.createdAt === null ? null : (
          <span className="shrink-0" title={text.moment(row.createdAt)}>
            · {text.clock(row.createdAt)}
          </span>
        )}
        {words === null ? null : (
          <span className="ml-auto shrink-0 pl-2" title={words.map(({ long }) => long).join('\n')}>
            <span aria-hidden>{words.map(({ short }) => short).join(' · ')}</span>
            <span className="sr-only">{words.map(({ long }) => long).join(', ')}</span>
          </span>
        )}
      </span>
    </>
  );
};

const FileWords = ({ document }: { readonly document: SyncDocument }) => {
  const text = useText();
  const { t } = text;
  return (
    <>
      <span className="flex items-center gap-1.5 font-medium">
        <FileBraces size={14} aria-hidden /> {t(document.kind === 'file' ? 'syncFileNow' : 'syncOwnNow')}
      </span>
      <span className="text-small text-text-2">{fileWords(document, text)}</span>
    </>
  );
};

/** Versions by note or device. */
const matches = (row: SyncVersionRow, typed: string): boolean => `${row.note} ${row.deviceName ?? ''} v${String(row.version)}`.toLowerCase().includes(typed);

/** The timeline: arrows move, Space pins a version for comparing, and older pages come as the end comes near. */
export const VersionList = ({ document, history, active, pinned, onActive, onPin, takesFocus, onOpen }: ListProps) => {
  const text = useText();
  const { t } = text;
  const id = useId();
  const now = useMinute();
  const { rows, currentVersion, loading, page, totalPages, search } = useStore(history.store);
  const [typed, setTyped] = useState('');
  const [by, setBy] = useState<SearchBy>('words');
  const box = useRef<HTMLDivElement>(null);
  const wanted = typed.trim().toLowerCase();
  const found = useMemo(() => {
    if (wanted === '' || (by === 'place' && search === null)) return rows;
    return rows.filter((row) => (by === 'place' ? search?.found.has(row.version) : matches(row, wanted)));
  }, [rows, wanted, by, search]);
  const lanes = useMemo(() => (found.length === rows.length ? lanesOf(rows) : null), [found, rows]);
  const graph = useMemo(() => (lanes === null ? 0 : widthOf(1 + Math.max(0, ...[...lanes.values()].flatMap((row) => [row.lane, ...lanesBelow(row)])))), [lanes]);
  const lines = useMemo(() => timelineOf(found, wanted === ''), [found, wanted]);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => (lines[index]?.kind === 'day' ? DAY_HEIGHT : ROW_HEIGHT),
    overscan: 6,
  });
  const from = virtualizer.range?.startIndex ?? 0;
  const to = virtualizer.range?.endIndex ?? 0;
  useEffect(() => {
    if (to >= lines.length - 10) void history.more();
    void history.wantCounts(lines.slice(from, to + 1).flatMap((line) => (line.kind === 'version' ? [line.row.version] : [])));
  }, [history, lines, from, to]);
  useEffect(() => {
    if (takesFocus) box.current?.focus();
  }, [takesFocus]);
  const at = lines.findIndex((line) => sideOf(line) === active);
  const first = found[0]?.version;
  // What is shown beside the list is in it.
  useEffect(() => {
    if (wanted !== '' && at < 0 && first !== undefined) onActive(first);
  }, [wanted, at, first, onActive]);
  const keydown = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    if (step !== undefined) {
      const direction = step > 0 ? 1 : -1;
      let next = Math.max(0, Math.min(lines.length - 1, (at < 0 ? 0 : at) + step));
      while (lines[next]?.kind === 'day' && next > 0 && next < lines.length - 1) next += direction;
      const side = lines[next] === undefined ? null : sideOf(lines[next] as TimelineLine);
      if (side !== null) {
        onActive(side);
        virtualizer.scrollToIndex(next);
      }
    } else if (event.key === ' ') onPin(pinned === active ? null : active);
    else if (event.key === 'Escape' && pinned !== null) onPin(null);
    else if (event.key === 'Enter') onOpen();
    else return;
    event.preventDefault();
  };
  return (
    <>
      <VersionSearch history={history} by={by} typed={typed} onBy={setBy} onTyped={setTyped} />
      <p id={`${id}-keys`} className="sr-only">
        {t('syncListKeys')}
      </p>
      {found.length === 0 && by === 'words' ? <p className="p-4 text-center text-text-2">{t('syncVersionsNotFound')}</p> : null}
      <div
        ref={box}
        role="listbox"
        aria-label={t('syncVersionsList')}
        aria-describedby={`${id}-keys`}
        aria-multiselectable
        aria-activedescendant={at < 0 ? undefined : `${id}-${String(active)}`}
        tabIndex={0}
        onKeyDown={keydown}
        className="min-h-0 flex-1 overflow-y-auto focus-visible:-outline-offset-2"
      >
        <div role="presentation" className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map((item) => {
            const line = lines[item.index];
            if (line === undefined) return null;
            const place = { height: item.size, transform: `translateY(${item.start}px)` };
            if (line.kind === 'day') {
              const above = lines[item.index - 1];
              const lane = above?.kind === 'version' ? lanes?.get(above.row.version) : undefined;
              return (
                <div key={item.key} role="presentation" className="absolute inset-x-2 top-0 flex items-end pb-1 pr-2.5 text-small font-medium text-text-2" style={{ ...place, paddingLeft: INSET + graph }}>
                  {lane === undefined ? null : <LanesBeside row={lane} height={item.size} width={graph} />}
                  {text.day(line.day, now)}
                </div>
              );
            }
            const side = sideOf(line) as SyncVersionSide;
            const isPinned = pinned === side;
            const lane = line.kind === 'version' ? lanes?.get(line.row.version) : undefined;
            return (
              <div
                key={item.key}
                id={`${id}-${String(side)}`}
                role="option"
                aria-selected={side === active || isPinned}
                aria-setsize={lines.length}
                aria-posinset={item.index + 1}
                onClick={(event) => {
                  if ((event.ctrlKey || event.metaKey) && active !== null) onPin(active);
                  onActive(side);
                  onOpen();
                }}
                className={clsx('group absolute inset-x-2 top-0 flex flex-col justify-center gap-0.5 rounded-s border pr-2.5', side === active ? 'border-transparent bg-accent-soft' : 'border-transparent hover:bg-hover', isPinned && '!border-accent')}
                style={{ ...place, paddingLeft: INSET + graph }}
              >
                {lane === undefined || line.kind !== 'version' ? null : <LaneGraph row={lane} height={item.size} width={graph} mine={line.row.isThisDevice} newest={line.row.version === currentVersion} />}
                {line.kind === 'file' ? <FileWords document={document} /> : <VersionWords row={line.row} history={history} newest={line.row.version === currentVersion} />}
                {isPinned ? (
                  <span className="absolute -top-2 right-2 inline-flex items-center gap-1 rounded-s bg-accent px-1 text-small text-on-accent">
                    <GitCompareArrows size={12} aria-hidden /> {t('syncPinnedShort')}
                  </span>
                ) : null}
              </div>
            );
          })}
        </div>
        {loading && page > 0 && page < totalPages ? (
          <p role="status" className="p-3 text-center text-small text-text-2">
            {t('syncVersionsMore')}
          </p>
        ) : null}
      </div>
    </>
  );
};
