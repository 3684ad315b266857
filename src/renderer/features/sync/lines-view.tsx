import clsx from 'clsx';
import { useMemo, useState, type ReactNode } from 'react';
import type { SyncName, SyncSide } from '../../../shared/model/sync';
import type { LineRow } from '../../../shared/model/sync-views';
import { createPages, type Pages } from '../../stores/pages';
import { useText } from '../../stores/text';
import { useApp } from '../../stores/use-app';
import { PagedBox } from './paged-box';

const PAGE = 200;
const LINE = 18;

/** Lines of any number in a fixed pitch; what is not read yet is blank. */
const LineBox = <T,>({ pages, label, draw }: { readonly pages: Pages<T>; readonly label: string; readonly draw: (row: T) => ReactNode }) => (
  <PagedBox pages={pages} label={label} height={LINE} overscan={20} className="said h-full min-h-0 overflow-auto font-mono text-small focus-visible:-outline-offset-2" innerClassName="min-w-max">
    {({ virtualizer, rows, total }) =>
      virtualizer.getVirtualItems().map((item) => {
        const row = rows.get(item.index);
        return (
          <div key={item.key} role="listitem" aria-setsize={total} aria-posinset={item.index + 1} className="absolute left-0 top-0 min-w-full whitespace-pre" style={{ height: LINE, lineHeight: `${LINE}px`, transform: `translateY(${item.start}px)` }}>
            {row === undefined ? null : draw(row)}
          </div>
        );
      })
    }
  </PagedBox>
);

const Gutter = ({ children }: { readonly children?: ReactNode }) => <span className="num inline-block w-12 select-none pr-2 text-right text-text-2">{children}</span>;

const Line = ({ row }: { readonly row: LineRow }) => {
  const { t, number } = useText();
  if (row.kind === 'fold') return <span className="block w-full bg-sunken pl-4 font-sans text-text-2">⋯ {t('syncLinesFold', { count: row.count, formatted: number(row.count) })}</span>;
  const removed = row.kind === 'removed';
  return (
    <span className={clsx('block w-full', removed ? 'bg-danger-soft' : row.kind === 'added' ? 'bg-ok-soft' : '')}>
      <Gutter>{row.kind === 'added' ? '' : row.before}</Gutter>
      <Gutter>{removed ? '' : row.after}</Gutter>
      <span aria-hidden className={clsx('inline-block w-4 select-none', removed ? 'text-danger' : 'text-ok')}>
        {removed ? '−' : row.kind === 'added' ? '+' : ' '}
      </span>
      {row.kind === 'same' ? null : <span className="sr-only">{t(removed ? 'syncLineRemoved' : 'syncLineAdded')}: </span>}
      {row.text}
    </span>
  );
};

type Sides = { readonly document: SyncName; readonly before: SyncSide; readonly after: SyncSide };

/** Two sides line by line, each value on a line of its own; equal stretches are folded unless wanted. */
export const LinesView = ({ document, before, after }: Sides) => {
  const { t } = useText();
  const { client } = useApp();
  const [whole, setWhole] = useState(false);
  const { account, fileKey } = document;
  const pages = useMemo(() => {
    let id: string | undefined;
    return createPages<LineRow>(PAGE, async (offset, limit) => {
      const found = await client.call('sync:line-rows', { document: { account, fileKey }, before, after, whole, offset, limit, ...(id === undefined ? {} : { id }) });
      id = found.id;
      return found;
    });
  }, [client, account, fileKey, before, after, whole]);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <label className="flex h-8 shrink-0 items-center gap-2 border-b border-line px-4 text-small">
        <input type="checkbox" checked={whole} onChange={(event) => setWhole(event.target.checked)} className="accent-accent" />
        {t('syncLinesWhole')}
      </label>
      <div className="min-h-0 flex-1">
        <LineBox pages={pages} label={t('syncLinesList')} draw={(row) => <Line row={row} />} />
      </div>
    </div>
  );
};

/** One side, each value on a line of its own. */
export const DocumentView = ({ document, side }: { readonly document: SyncName; readonly side: SyncSide }) => {
  const { t } = useText();
  const { client } = useApp();
  const { account, fileKey } = document;
  const pages = useMemo(() => {
    let id: string | undefined;
    return createPages<{ readonly number: number; readonly text: string }>(PAGE, async (offset, limit) => {
      const found = await client.call('sync:lines', { document: { account, fileKey }, side, offset, limit, ...(id === undefined ? {} : { id }) });
      id = found.id;
      return { rows: found.lines.map((text, index) => ({ number: offset + index + 1, text })), total: found.total };
    });
  }, [client, account, fileKey, side]);
  return (
    <LineBox
      pages={pages}
      label={t('syncLinesList')}
      draw={({ number, text }) => (
        <>
          <Gutter>{number}</Gutter>
          {text}
        </>
      )}
    />
  );
};
