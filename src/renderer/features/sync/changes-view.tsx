import { useEffect, useMemo, useRef } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useStore } from 'zustand';
import type { SyncChange, SyncName, SyncSide } from '../../../shared/model/sync';
import { createPages } from '../../stores/pages';
import { useText } from '../../stores/text';
import { useApp } from '../../stores/use-app';
import { Busy } from '../../ui/bits';
import { ChangeRow } from './change-row';
import { ReadFailed } from './read-failed';

const PAGE = 100;
const ROW = 64;

type ChangesProps = { readonly document: SyncName; readonly before: SyncSide; readonly after: SyncSide };

/** What differs between two sides, place by place. */
export const ChangesView = ({ document, before, after }: ChangesProps) => {
  const { t } = useText();
  const { client } = useApp();
  const { account, fileKey } = document;
  const pages = useMemo(
    () =>
      createPages<SyncChange>(PAGE, async (offset, limit) => {
        const found = await client.call('sync:diff', { document: { account, fileKey }, before, after, offset, limit });
        return { rows: found.changes, total: found.total };
      }),
    [client, account, fileKey, before, after],
  );
  const state = useStore(pages.store);
  const box = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({ count: state.total, getScrollElement: () => box.current, estimateSize: () => ROW, overscan: 6 });
  const from = virtualizer.range?.startIndex ?? 0;
  const to = virtualizer.range?.endIndex ?? 0;
  useEffect(() => {
    void pages.want(from, to);
  }, [pages, from, to]);
  if (!state.loaded)
    return (
      <div className="late p-4">
        <Busy text={t('syncVersionsReading')} />
      </div>
    );
  if (state.problem !== null) return <ReadFailed before={t('syncChangesFailed')} problem={state.problem} onAgain={() => void pages.refresh()} />;
  if (state.total === 0) return <p className="p-8 text-center text-text-2">{t('syncPathsNone')}</p>;
  return (
    <div ref={box} role="list" aria-label={t('syncChangesList')} tabIndex={0} className="h-full overflow-y-auto focus-visible:-outline-offset-2">
      <div role="presentation" className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((row) => {
          const change = state.rows.get(row.index);
          return (
            <div key={row.key} role="listitem" aria-setsize={state.total} aria-posinset={row.index + 1} data-index={row.index} ref={virtualizer.measureElement} className="absolute inset-x-0 top-0 min-h-10" style={{ transform: `translateY(${row.start}px)` }}>
              {change === undefined ? null : <ChangeRow change={change} />}
            </div>
          );
        })}
      </div>
    </div>
  );
};
