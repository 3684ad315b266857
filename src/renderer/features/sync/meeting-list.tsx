import type { SyncMeeting } from '../../../shared/model/sync';
import { useText } from '../../stores/text';
import { PlaceRow, type RowLook } from './place-row';

const looks: Readonly<Record<SyncMeeting['from'], RowLook>> = {
  both: { sign: '?', label: 'syncMeetDecide', look: 'bg-warn-soft text-warn' },
  there: { sign: '+', label: 'syncMeetComes', look: 'bg-ok-soft text-ok' },
  here: { sign: '=', label: 'syncKindStays', look: 'bg-sunken text-text-2' },
};

const Value = ({ side, text, cut }: { readonly side: string | null; readonly text: string | undefined; readonly cut: boolean }) => {
  const { t } = useText();
  if (text === undefined) return null;
  return (
    <p className="flex gap-2 text-small">
      {side === null ? null : <span className="w-16 shrink-0 text-text-2">{side}</span>}
      <span className="max-h-24 min-w-0 flex-1 overflow-hidden whitespace-pre-wrap font-mono [overflow-wrap:anywhere]">
        {text}
        {cut ? <span className="ml-1 font-sans text-text-2">… ({t('syncCut')})</span> : null}
      </span>
    </p>
  );
};

const Row = ({ row, names }: { readonly row: SyncMeeting; readonly names: ReadonlyMap<string, string> }) => {
  const { t } = useText();
  const asked = row.from === 'both';
  return (
    <li>
      <PlaceRow {...looks[row.from]} path={row.path} names={names}>
        <Value side={asked ? t('syncMeetHere') : null} text={row.here} cut={row.cut} />
        <Value side={asked ? t('syncMeetThere') : null} text={row.there} cut={row.cut} />
      </PlaceRow>
    </li>
  );
};

type ListProps = { readonly rows: readonly SyncMeeting[]; /** How many there are in all. */ readonly total: number; /** What keys are called, where they say nothing to a person. */ readonly names: ReadonlyMap<string, string> };

/** What a merge of two sides that never met would do: both values where a person decides, and what only one side has. */
export const MeetingList = ({ rows, total, names }: ListProps) => {
  const { t, number } = useText();
  if (total === 0) return <p className="p-8 text-center text-text-2">{t('syncPathsNone')}</p>;
  return (
    <div tabIndex={0} role="region" aria-label={t('syncChangesList')} className="h-full overflow-y-auto focus-visible:-outline-offset-2">
      <ul aria-label={t('syncChangesList')}>
        {rows.map((row, index) => (
          <Row key={index} row={row} names={names} />
        ))}
      </ul>
      {total > rows.length ? <p className="px-4 py-2 text-text-2">{t('syncMeetMore', { count: total - rows.length, formatted: number(total - rows.length) })}</p> : null}
    </div>
  );
};
