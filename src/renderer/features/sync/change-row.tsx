import clsx from 'clsx';
import type { SyncChange } from '../../../shared/model/sync';
import { pathWords } from '../../stores/sync-words';
import { useText, type TextKey } from '../../stores/text';
import { changedTexts } from './changed-text';

const kinds: Readonly<Record<SyncChange['kind'], { readonly sign: string; readonly label: TextKey; readonly look: string }>> = {
  added: { sign: '+', label: 'syncKindAdded', look: 'bg-ok-soft text-ok' },
  removed: { sign: '−', label: 'syncKindRemoved', look: 'bg-danger-soft text-danger' },
  edited: { sign: '~', label: 'syncKindEdited', look: 'bg-accent-soft text-accent' },
  list: { sign: '~', label: 'syncKindList', look: 'bg-accent-soft text-accent' },
  order: { sign: '↕', label: 'syncKindOrder', look: 'bg-accent-soft text-accent' },
};

const Value = ({ text, removed, cut }: { readonly text: string | undefined; readonly removed: boolean; readonly cut: boolean }) => {
  const { t } = useText();
  if (text === undefined) return null;
  const Tag = removed ? 'del' : 'ins';
  return (
    <Tag className={clsx('block max-h-24 overflow-hidden whitespace-pre-wrap font-mono [overflow-wrap:anywhere] text-small no-underline', removed ? 'text-text-2' : 'text-text')}>
      <span aria-hidden className="mr-1.5 select-none text-text-2">
        {removed ? '−' : '+'}
      </span>
      {text}
      {cut ? <span className="ml-1 font-sans text-text-2">… ({t('syncCut')})</span> : null}
    </Tag>
  );
};

/** One place that differs: what kind of change, where, and both values. */
export const ChangeRow = ({ change, names }: { readonly change: SyncChange; readonly names?: ReadonlyMap<string, string> | undefined }) => {
  const text = useText();
  const { t } = text;
  const { sign, label, look } = kinds[change.kind];
  const steps = pathWords(change.path, text).map((step, index) => (index === 0 ? (names?.get(step) ?? step) : step));
  const [was, is] = changedTexts(change.before, change.after) ?? [{ text: change.before, cut: change.cut }, { text: change.after, cut: change.cut }];
  return (
    <div className="flex min-w-0 gap-2.5 border-b border-line px-4 py-2">
      <span title={t(label)} className={clsx('flex size-5 shrink-0 items-center justify-center rounded-s font-mono font-semibold', look)}>
        <span aria-hidden>{sign}</span>
        <span className="sr-only">{t(label)}</span>
      </span>
      <div className="said min-w-0 flex-1">
        <p className="[overflow-wrap:anywhere]">
          {steps.length === 0 ? t('syncRoot') : null}
          {steps.map((step, index) => (
            <span key={index}>
              {index === 0 ? null : <span className="text-text-2"> › </span>}
              <span className={index === steps.length - 1 ? 'font-medium' : 'text-text-2'}>{step}</span>
            </span>
          ))}
        </p>
        <Value text={was.text} removed cut={was.cut} />
        <Value text={is.text} removed={false} cut={is.cut} />
      </div>
    </div>
  );
};
