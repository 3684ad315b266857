import clsx from 'clsx';
import type { SyncChange } from '../../../shared/model/sync';
import { useText } from '../../stores/text';
import { changedTexts } from './changed-text';
import { PlaceRow, type RowLook } from './place-row';

const kinds: Readonly<Record<SyncChange['kind'], RowLook>> = {
  added: { sign: '+', label: 'syncKindAdded', look: 'bg-ok-soft text-ok' },
  removed: { sign: '−', label: 'syncKindRemoved', look: 'bg-danger-soft text-danger' },
  edited: { sign: '~', label: 'syncKindEdited', look: 'bg-accent-soft text-accent' },
  list: { sign: '~', label: 'syncKindList', look: 'bg-accent-soft text-accent' },
  order: { sign: '↕', label: 'syncKindOrder', look: 'bg-accent-soft text-accent' },
};

type ValueProps = { readonly text: string | undefined; readonly removed: boolean; readonly cut: boolean; /** The text has no sign of its own where it is cut. */ readonly bare: boolean };

const Value = ({ text, removed, cut, bare }: ValueProps) => {
  const { t } = useText();
  if (text === undefined) return null;
  const Tag = removed ? 'del' : 'ins';
  return (
    <Tag className={clsx('block max-h-24 overflow-hidden whitespace-pre-wrap font-mono [overflow-wrap:anywhere] text-small no-underline', removed ? 'text-text-2' : 'text-text')}>
      <span aria-hidden className="mr-1.5 select-none text-text-2">
        {removed ? '−' : '+'}
      </span>
      {text}
      {cut ? <span className="ml-1 font-sans text-text-2">{bare ? '… ' : ''}({t('syncCut')})</span> : null}
    </Tag>
  );
};

/** One place that differs: what kind of change, where, and both values. */
export const ChangeRow = ({ change, names }: { readonly change: SyncChange; readonly names?: ReadonlyMap<string, string> | undefined }) => {
  const texts = changedTexts(change.before, change.after);
  const [was, is] = texts ?? [{ text: change.before, cut: change.cut }, { text: change.after, cut: change.cut }];
  return (
    <PlaceRow {...kinds[change.kind]} path={change.path} names={names}>
      <Value text={was.text} removed cut={was.cut} bare={texts === null} />
      <Value text={is.text} removed={false} cut={is.cut} bare={texts === null} />
    </PlaceRow>
  );
};
