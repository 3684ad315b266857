import { useRef, useState } from 'react';
import { useSay } from '../../stores/said';
import { useText } from '../../stores/text';
import type { CallOutput } from '../../bridge';
import { useCall } from '../../stores/use-actions';
import { useAccounts } from '../../stores/use-app';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Field } from '../../ui/field';
import { Select } from '../../ui/select';
import type { Chosen } from './use-selection';

type Answer = NonNullable<CallOutput<'library:upload-again'>>;
const LISTED = 100;
const OWN = 'own';

const Missing = ({ missing }: { readonly missing: Answer['missing'] }) => {
  const { t, number } = useText();
  return (
    <>
      <p className="mt-3">{t('againMissing', { count: missing.length, formatted: number(missing.length) })}</p>
      <ul className="mt-1 max-h-40 overflow-y-auto rounded-s border border-line bg-sunken px-2 py-1 text-small">
        {missing.slice(0, LISTED).map(({ id, name }) => (
          <li key={id} className="truncate" title={name}>
            {name}
          </li>
        ))}
        {missing.length > LISTED ? <li>{t('chooseMore', { count: missing.length - LISTED, formatted: number(missing.length - LISTED) })}</li> : null}
      </ul>
    </>
  );
};

/** Looks at one selection at a time: a second press queues nothing twice. Whoever leaves meanwhile has nothing queued. */
const useLooking = (): { readonly busy: boolean; readonly once: (work: () => Promise<void>) => Promise<void>; readonly stop: () => void } => {
  const call = useCall();
  const [busy, setBusy] = useState(false);
  const running = useRef(false);
  const once = async (work: () => Promise<void>): Promise<void> => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    try {
      await work();
    } finally {
      running.current = false;
      setBusy(false);
    }
  };
  const stop = (): void => {
    if (running.current) void call('library:stop-again', undefined);
  };
  return { busy, once, stop };
};

type Props = { readonly chosen: Chosen; readonly onDone: (acted: boolean) => void };

/** Queues a selection again for an account, from the files on this computer; what has none can be fetched from its link. */
export const AgainDialog = ({ chosen, onDone }: Props) => {
  const { t, number, account: nameOf } = useText();
  const call = useCall();
  const say = useSay();
  const accounts = useAccounts();
  const [accountId, setAccountId] = useState(OWN);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const { busy, once, stop } = useLooking();
  const account = accountId === OWN ? null : accountId;
  const leave = (acted: boolean): void => {
    stop();
    onDone(acted);
  };
  const queued = (count: number): void => say({ title: { key: 'againQueued', params: { count, formatted: number(count) } } });
  const run = async (): Promise<void> => {
    const done = await call('library:upload-again', { selection: chosen.selection, accountId: account, repair: false, fetch: false });
    if (done === undefined || done === null) return;
    if (done.missing.length > 0) setAnswer(done);
    else {
      queued(done.queued);
      onDone(true);
    }
  };
  const fetchMissing = async (missing: Answer['missing']): Promise<void> => {
    const done = await call('library:upload-again', { selection: { ids: missing.map(({ id }) => id) }, accountId: account, repair: false, fetch: true });
    if (done === undefined || done === null) return;
    queued(done.queued);
    onDone(true);
  };
  const title = t('againTitle', { count: chosen.count, formatted: `${number(chosen.count)}${chosen.exact ? '' : '+'}` });
  if (answer !== null)
    return (
      <Dialog
        open
        onClose={() => leave(true)}
        title={title}
        closeLabel={t('close')}
        footer={
          <>
            <Button onClick={() => leave(true)}>{t('againLeave', { count: answer.missing.length })}</Button>
            <Button look="primary" disabled={busy} onClick={() => void once(() => fetchMissing(answer.missing))}>
              {busy ? t('againFetching') : t('againFetch', { count: answer.missing.length })}
            </Button>
          </>
        }
      >
        <p role="status">{t('againQueued', { count: answer.queued, formatted: number(answer.queued) })}</p>
        <Missing missing={answer.missing} />
      </Dialog>
    );
  return (
    <Dialog
      open
      onClose={() => leave(false)}
      title={title}
      closeLabel={t('close')}
      footer={
        <>
          <Button onClick={() => leave(false)}>{t('cancel')}</Button>
          <Button look="primary" disabled={busy} onClick={() => void once(run)}>
            {t(busy ? 'againLooking' : 'againConfirm')}
          </Button>
        </>
      }
    >
      <Field label={t('uploadAccount')} help={t('againText')}>
        <Select label={t('uploadAccount')} value={accountId} options={[{ value: OWN, label: t('againOwn') }, ...accounts.map((one) => ({ value: one.id, label: nameOf(one.name) }))]} onChange={setAccountId} />
      </Field>
    </Dialog>
  );
};

/** Uploads a selection anew beside its old records, then offers old and new links as pairs. */
export const RepairDialog = ({ chosen, onDone }: Props) => {
  const { t, number } = useText();
  const call = useCall();
  const say = useSay();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const { busy, once, stop } = useLooking();
  const run = async (): Promise<void> => {
    const done = await call('library:upload-again', { selection: chosen.selection, accountId: null, repair: true, fetch: false });
    if (done !== undefined && done !== null) setAnswer(done);
  };
  const pairs = async (): Promise<void> => {
    const copied = await call('library:copy-repaired', { selection: chosen.selection });
    if (copied === undefined) return;
    if (copied.pairs === 0) say({ title: { key: 'pairsNone' }, type: 'problem' });
    else say({ title: { key: 'pairsCopied', params: { count: copied.pairs, formatted: number(copied.pairs) } } });
  };
  return (
    <Dialog
      open
      onClose={() => {
        stop();
        onDone(answer !== null);
      }}
      title={t('repairTitle', { count: chosen.count, formatted: `${number(chosen.count)}${chosen.exact ? '' : '+'}` })}
      closeLabel={t('close')}
      footer={
        answer === null ? (
          <>
            <Button
              onClick={() => {
                stop();
                onDone(false);
              }}
            >
              {t('cancel')}
            </Button>
            <Button look="primary" disabled={busy} onClick={() => void once(run)}>
              {t(busy ? 'againLooking' : 'againConfirm')}
            </Button>
          </>
        ) : (
          <>
            <Button onClick={() => onDone(true)}>{t('close')}</Button>
            {answer.queued === 0 ? null : (
              <Button look="primary" onClick={() => void pairs()}>
                {t('libraryPairs')}
              </Button>
            )}
          </>
        )
      }
    >
      {answer === null ? (
        <p>{t('repairText')}</p>
      ) : (
        <>
          <p role="status">{t('againQueued', { count: answer.queued, formatted: number(answer.queued) })}</p>
          {answer.queued === 0 ? null : <p className="mt-2 text-text-2">{t('repairPairsText')}</p>}
          {answer.missing.length === 0 ? null : <Missing missing={answer.missing} />}
        </>
      )}
    </Dialog>
  );
};
