import { TriangleAlert } from 'lucide-react';
import { useId, useState } from 'react';
import type { SyncDocument } from '../../../shared/model/sync';
import { useSay } from '../../stores/said';
import { nameOf } from '../../stores/sync-words';
import { useText } from '../../stores/text';
import { useCall } from '../../stores/use-actions';
import { Bar, Busy } from '../../ui/bits';
import { Field, Input } from '../../ui/field';
import { FormDialog } from '../../ui/form-dialog';
import { ChangeRow } from './change-row';
import { ReadFailed } from './read-failed';
import { useRead } from './use-read';

type RestoreProps = { readonly document: SyncDocument; readonly version: number; readonly onClose: () => void };

/** What a restore would change, place by place, to be taken whole or in part; always as a new version. */
export const RestoreDialog = ({ document, version, onClose }: RestoreProps) => {
  const { t, number } = useText();
  const call = useCall();
  const say = useSay();
  const name = useId();
  const { read, again } = useRead('sync:restore-plan', { document: nameOf(document), version, paths: null });
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const [note, setNote] = useState(t('syncRestoreNote', { version }));
  const [busy, setBusy] = useState(false);
  const plan = read.at === 'read' ? read.value : null;
  const changes = plan?.diff.changes ?? [];
  const total = plan?.diff.total ?? 0;
  const count = total - left.size;
  const restore = async (): Promise<void> => {
    setBusy(true);
    const before = document.version;
    const clean = document.waiting === 0;
    const paths = left.size === 0 ? null : changes.filter((_, index) => !left.has(index)).map(({ path }) => path);
    const done = await call('sync:restore', { document: nameOf(document), version, paths, note: note.trim() });
    setBusy(false);
    if (done === undefined) return;
    onClose();
    const sent = done.version !== null && done.version !== before;
    const back = async (): Promise<void> => {
      if (before !== null) await call('sync:restore', { document: nameOf(document), version: before, paths: null, note: t('syncRestoreNote', { version: before }) });
    };
    say({
      title: sent ? { key: 'syncRestored', params: { version, as: done.version } } : { key: 'syncRestoredWaiting', params: { version } },
      ...(sent && clean && before !== null ? { action: { label: { key: 'syncRemovedUndo' }, onPress: () => void back() } } : {}),
    });
  };
  const toggle = (index: number): void =>
    setLeft((all) => {
      const next = new Set(all);
      if (!next.delete(index)) next.add(index);
      return next;
    });
  // Places beyond the first page cannot be left out one by one.
  const partly = total === changes.length;
  return (
    <FormDialog
      title={t('syncRestoreTitle', { version })}
      closeLabel={t('close')}
      cancelLabel={t('cancel')}
      submitLabel={t('syncRestoreConfirm', { count, formatted: number(count) })}
      ready={count > 0 && !busy}
      aside={read.at === 'reading' ? <Busy text={t('syncRestoreReading')} /> : null}
      onSubmit={() => void restore()}
      onClose={onClose}
    >
      {read.at === 'failed' ? <ReadFailed before={t('syncChangesFailed')} problem={read.problem} onAgain={again} /> : null}
      {plan === null ? null : total === 0 ? (
        <p>{t('syncRestoreNothing')}</p>
      ) : (
        <>
          <p className="said text-text-2">{t('syncRestoreText')}</p>
          {plan.replaced > 0 ? (
            <Bar tone="warn" icon={<TriangleAlert size={16} aria-hidden />}>
              {t('syncRestoreReplaced', { count: plan.replaced })}
            </Bar>
          ) : null}
          <div className="rounded-s border border-line">
            {partly ? (
              <label className="flex min-h-9 items-center gap-2.5 border-b border-line px-3 font-medium">
                <input type="checkbox" checked={left.size === 0} onChange={() => setLeft(left.size === 0 ? new Set(changes.keys()) : new Set())} className="accent-accent" />
                {t('syncRestoreAll')}
              </label>
            ) : (
              <p className="border-b border-line px-3 py-2 text-small text-text-2">{t('syncRestoreMany', { shown: number(changes.length) })}</p>
            )}
            <ul aria-label={t('syncChangesList')} tabIndex={0} className="max-h-64 overflow-y-auto">
              {changes.map((change, index) => (
                <li key={index} className="flex items-start">
                  {partly ? <input type="checkbox" id={`${name}-${String(index)}`} aria-labelledby={`${name}-${String(index)}-what`} checked={!left.has(index)} onChange={() => toggle(index)} className="ml-3 mt-3.5 accent-accent" /> : null}
                  <div id={`${name}-${String(index)}-what`} className="min-w-0 flex-1">
                    <ChangeRow change={change} />
                  </div>
                </li>
              ))}
            </ul>
          </div>
          <Field label={t('syncNote')}>
            <Input value={note} onChange={setNote} maxLength={300} />
          </Field>
        </>
      )}
    </FormDialog>
  );
};
