import { useMemo } from 'react';
import type { SyncChange, SyncName, SyncSide } from '../../../shared/model/sync';
import { createPages } from '../../stores/pages';
import { useText } from '../../stores/text';
import { useApp } from '../../stores/use-app';
import { ChangeRow } from './change-row';
import { PagedBox } from './paged-box';

const PAGE = 100;
const ROW = 64;

type ChangesProps = { readonly document: SyncName; readonly before: SyncSide; readonly after: SyncSide; /** What keys are called, where they say nothing to a person. */ readonly names?: ReadonlyMap<string, string> };

/** What differs between two sides, place by place. */
export const ChangesView = ({ document, before, after, names }: ChangesProps) => {
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
  return (
    <PagedBox pages={pages} label={t('syncChangesList')} height={ROW} overscan={6} className="h-full overflow-y-auto focus-visible:-outline-offset-2">
      {({ virtualizer, rows, total }) =>
        virtualizer.getVirtualItems().map((row) => {
          const change = rows.get(row.index);
          return (
            <div key={row.key} role="listitem" aria-setsize={total} aria-posinset={row.index + 1} data-index={row.index} ref={virtualizer.measureElement} className="absolute inset-x-0 top-0 min-h-10" style={{ transform: `translateY(${row.start}px)` }}>
              {change === undefined ? null : <ChangeRow change={change} names={names} />}
            </div>
          );
        })
      }
    </PagedBox>
  );
};
