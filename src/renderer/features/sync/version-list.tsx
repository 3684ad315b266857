import { useVirtualizer } from '@tanstack/react-virtual';
import clsx from 'clsx';
import { FileBraces, GitCompareArrows, Monitor, MonitorSmartphone, Search } from 'lucide-react';
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import type { SyncDocument, SyncSide, SyncVersionRow } from '../../../shared/model/sync';
import type { SyncHistory } from '../../stores/sync-history';
import { countsWords } from '../../stores/sync-words';
import { useText } from '../../stores/text';
import { inputClass } from '../../ui/field';
import { dayWords } from './day-words';
import { useMinute } from './use-minute';
import { sideOf, timelineOf, timeOfLabel, type TimelineLine } from './version-lines';
import { VersionMarks } from './version-marks';

const DAY_HEIGHT = 30;
const ROW_HEIGHT = 62;
const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8, Home: -Infinity, End: Infinity };

type ListProps = {
  readonly document: SyncDocument;
  readonly history: SyncHistory;
  readonly active: SyncSide | null;
  readonly pinned: SyncSide | null;
  readonly onActive: (side: SyncSide) => void;
  readonly onPin: (side: SyncSide | null) => void;
  /** Gets the keyboard when it appears. */
  readonly takesFocus: boolean;
  /** Enter or a click: shows what was chosen where there is no room beside the list. */
  readonly onOpen: () => void;
};

const useDeviceName = (): ((row: SyncVersionRow) => string) => {
  const { t } = useText();
  return (row) => (row.isThisDevice ? t('syncThisDevice') : (row.deviceName ?? (row.deviceId === null ? t('syncUnknownDevice') : t('syncDeviceId', { id: row.deviceId.slice(0, 8) }))));
};

const VersionWords = ({ row, history, newest }: { readonly row: SyncVersionRow; readonly history: SyncHistory; readonly newest: boolean }) => {
  const text = useText();
  const counts = useStore(history.store, (state) => state.counts.get(row.version));
  const device = useDeviceName();
  const words = counts === undefined || counts === null ? null : countsWords(counts, text);
  const Icon = row.isThisDevice ? Monitor : MonitorSmartphone;
  return (
    <>
      <span className="flex min-w-0 items-center gap-1.5">
        <span className="num shrink-0 font-medium">{text.t('syncVersionShort', { version: row.version })}</span>
        <span className={clsx('min-w-0 flex-1 truncate', row.note === '' && 'text-text-2')} title={row.note}>
          {row.note === '' ? text.t('syncNoNote') : row.note}
        </span>
        <VersionMarks row={row} newest={newest} />
      </span>
      <span className="num flex min-w-0 items-center gap-1.5 text-small text-text-2">
        <Icon size={12} aria-hidden className="shrink-0" />
        <span className="min-w-0 truncate">{device(row)}</span>
        <span className="shrink-0" title={row.createdAt ?? undefined}>
          · {timeOfLabel(row.createdAt)}
        </span>
        {words === null ? null : (
          <span className="ml-auto shrink-0 pl-2" title={words.long}>
            <span aria-hidden>{words.short}</span>
            <span className="sr-only">{words.long}</span>
          </span>
        )}
      </span>
    </>
  );
};

const FileWords = ({ document }: { readonly document: SyncDocument }) => {
  const { t } = useText();
  return (
    <>
      <span className="flex items-center gap-1.5 font-medium">
        <FileBraces size={14} aria-hidden /> {t('syncFileNow')}
      </span>
      <span className="text-small text-text-2">{document.waiting > 0 ? t('syncFileNowWaiting', { count: document.waiting }) : document.version === null ? '' : t('syncFileNowClean', { version: document.version })}</span>
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
  const { rows, currentVersion, loading, page, totalPages } = useStore(history.store);
  const [typed, setTyped] = useState('');
  const box = useRef<HTMLDivElement>(null);
  const wanted = typed.trim().toLowerCase();
  const found = useMemo(() => (wanted === '' ? rows : rows.filter((row) => matches(row, wanted))), [rows, wanted]);
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
      <div className="shrink-0 p-2">
        <span className="relative block">
          <Search size={14} aria-hidden className="pointer-events-none absolute left-2.5 top-2.25 text-text-2" />
          <input type="text" role="searchbox" value={typed} onChange={(event) => setTyped(event.target.value)} placeholder={t('syncVersionsSearch')} aria-label={t('syncVersionsSearch')} spellCheck={false} className={`${inputClass} !pl-8`} />
        </span>
      </div>
      <p id={`${id}-keys`} className="sr-only">
        {t('syncListKeys')}
      </p>
      {found.length === 0 ? <p className="p-4 text-center text-text-2">{t('syncVersionsNotFound')}</p> : null}
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
            if (line.kind === 'day')
              return (
                <div key={item.key} role="presentation" className="absolute inset-x-0 top-0 flex items-end px-4 pb-1 text-small font-medium text-text-2" style={place}>
                  {dayWords(line.day, text, now)}
                </div>
              );
            const side = sideOf(line) as SyncSide;
            const isPinned = pinned === side;
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
                className={clsx('group absolute inset-x-2 top-0 flex flex-col justify-center gap-0.5 rounded-s border px-2.5', side === active ? 'border-transparent bg-accent-soft' : 'border-transparent hover:bg-hover', isPinned && '!border-accent')}
                style={place}
              >
                {line.kind === 'file' ? <FileWords document={document} /> : <VersionWords row={line.row} history={history} newest={line.row.version === currentVersion} />}
                {isPinned ? (
                  <span className="absolute -top-2 right-2 inline-flex items-center gap-1 rounded-s bg-accent px-1 text-small text-on-accent">
                    <GitCompareArrows size={12} aria-hidden /> {t('syncPin')}
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
