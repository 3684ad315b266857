import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { THIS_COMPUTER } from '../../../shared/model/this-computer';
import { isOwnKey } from '../../../shared/model/own-keys';
import type { Account } from '../../../shared/model/account';
import type { Problem } from '../../../shared/model/problem';
import type { FileLook } from '../../../shared/model/sync-views';
import { CallFailure } from '../../bridge';
import { useSay } from '../../stores/said';
import { useText, type TextKey } from '../../stores/text';
import { accountInUse, useAccounts, useApp, useSync } from '../../stores/use-app';
import { Bar, Busy } from '../../ui/bits';
import { Button } from '../../ui/button';
import { Field, Input } from '../../ui/field';
import { FormDialog } from '../../ui/form-dialog';
import { Select } from '../../ui/select';

const KEY = /^[A-Za-z0-9._-]{1,64}$/;

/** A file that is to become a document; `fileKey` and `account` where they are known already. */
export type ToAdd = { readonly path: string; readonly fileKey?: string; readonly account?: string };

const warnings: Readonly<Record<FileLook['warnings'][number], TextKey>> = { 'exact-numbers': 'syncWarnNumbers', 'lone-surrogates': 'syncWarnSurrogates', 'read-only': 'syncWarnReadOnly' };

/** `missing`: the file is made with what the host has. */
type Looked = { readonly at: 'looking' } | { readonly at: 'failed'; readonly problem: Problem } | { readonly at: 'looked'; readonly look: FileLook; readonly missing: boolean };

/** Looks again when a person asks, or comes back to the window: what stood in the way may be mended. */
const useLook = (path: string, isNew: boolean): { readonly looked: Looked; readonly again: () => void } => {
  const { client } = useApp();
  const [looked, setLooked] = useState<Looked>({ at: 'looking' });
  const [turn, setTurn] = useState(0);
  const stuck = looked.at === 'failed' || (looked.at === 'looked' && looked.look.problem !== null);
  const again = useCallback(() => setTurn((last) => last + 1), []);
  useEffect(() => {
    let left = false;
    const look = async (): Promise<void> => {
      try {
        const found = await client.call('sync:look', { path });
        // A document of another device may have no file here yet.
        const missing = isNew && found.problem?.sub === 'syncLookMissing';
        if (!left) setLooked({ at: 'looked', look: missing ? { ...found, problem: null } : found, missing });
      } catch (failure) {
        if (!(failure instanceof CallFailure)) throw failure;
        if (!left) setLooked({ at: 'failed', problem: failure.error.problem });
      }
    };
    void look();
    return () => {
      left = true;
    };
  }, [client, path, isNew, turn]);
  useEffect(() => {
    if (!stuck) return undefined;
    window.addEventListener('focus', again);
    return () => window.removeEventListener('focus', again);
  }, [stuck, again]);
  return { looked, again };
};

/** Which accounts cannot sync, as one sentence; nothing when all can. */
const CannotSync = ({ accounts }: { readonly accounts: readonly Account[] }) => {
  const { t, account: called, language } = useText();
  if (accounts.length === 0) return null;
  const names = new Intl.ListFormat(language, { type: 'conjunction' }).format(accounts.map(({ name }) => called(name)));
  return <>{t('syncAddCannot', { count: accounts.length, names })} </>;
};

/** With such an account nothing reaches another computer: what does, and how to get there. */
const StaysHere = ({ account, others, onLeave }: { readonly account: Account; /** Another account reaches other computers. */ readonly others: boolean; readonly onLeave: () => void }) => {
  const { t, sentences, account: called } = useText();
  const { ui } = useApp();
  const addAccount = (): void => {
    onLeave();
    ui.setState({ route: 'settings', section: 'accounts', accountForm: { kind: 'new' } });
  };
  return (
    <Bar
      tone="neutral"
      icon={<Info size={16} aria-hidden />}
      actions={
        others ? undefined : (
          <Button size="s" onClick={addAccount}>
            {t('syncEmptyAccount')}
          </Button>
        )
      }
    >
      {sentences(account.id === THIS_COMPUTER ? t('syncAddHere', { name: called(account.name) }) : t('syncAddBeside', { name: called(account.name) }), t(others ? 'syncAddOthers' : 'syncAddNoOthers'))}
    </Bar>
  );
};

type HappensProps = { readonly account: Account; readonly able: readonly Account[]; /** What becomes of the host's document that is known already. */ readonly meets: 'syncAddMakes' | 'syncAddMeets' | null; readonly onLeave: () => void };

/** What follows once the file is added. */
const WhatHappens = ({ account, able, meets, onLeave }: HappensProps) => {
  const { t, sentences } = useText();
  return (
    <>
      {account.onlyThisComputer ? <StaysHere account={account} others={able.some(({ onlyThisComputer }) => !onlyThisComputer)} onLeave={onLeave} /> : null}
      <p className="said text-small text-text-2">{sentences(meets === null ? null : t(meets), t(account.onlyThisComputer ? 'syncAddWatchedHere' : 'syncAddWatched'))}</p>
    </>
  );
};

const Again = ({ onAgain }: { readonly onAgain: () => void }) => {
  const { t } = useText();
  return (
    <Button size="s" onClick={onAgain}>
      {t('tryAgain')}
    </Button>
  );
};

const Wrong = ({ problem, onAgain }: { readonly problem: Problem | null; readonly onAgain: (() => void) | null }) => {
  const { problem: words } = useText();
  if (problem === null) return null;
  return (
    <div role="alert">
      <Bar tone="danger" icon={<CircleAlert size={16} aria-hidden />} actions={onAgain === null ? undefined : <Again onAgain={onAgain} />}>
        {words(problem)}
      </Bar>
    </div>
  );
};

const FileFacts = ({ look, onAgain }: { readonly look: FileLook; readonly onAgain: () => void }) => {
  const { t, bytes } = useText();
  return (
    <>
      <div className="rounded-s border border-line bg-sunken px-3 py-2">
        <p className="truncate font-medium" title={look.name}>
          {look.name} <span className="num font-normal text-text-2">{look.bytes > 0 ? bytes(look.bytes) : ''}</span>
        </p>
        <p className="said text-small text-text-2">{look.path}</p>
      </div>
      <Wrong problem={look.problem} onAgain={onAgain} />
      {look.problem === null && look.takenBy !== null ? (
        <div role="alert">
          <Bar tone="warn" icon={<Info size={16} aria-hidden />}>
            {t('syncAddTaken', { key: look.takenBy.fileKey })}
          </Bar>
        </div>
      ) : null}
      {look.problem === null
        ? look.warnings.map((warning) => (
            <Bar key={warning} tone="warn" icon={<TriangleAlert size={16} aria-hidden />}>
              {t(warnings[warning])}
            </Bar>
          ))
        : null}
    </>
  );
};

const wrongWith = (key: string, taken: boolean): TextKey | null => {
  if (key !== '' && !KEY.test(key)) return 'syncAddKeyBad';
  if (isOwnKey(key)) return 'syncAddKeyOwn';
  return taken ? 'syncAddKeyTaken' : null;
};

type AddDialogProps = {
  readonly file: ToAdd;
  readonly at: number;
  readonly total: number;
  /** Called when the file was added, skipped or cannot be added. */
  readonly onNext: () => void;
  readonly onClose: () => void;
};

/** Asks under which key and with which account a file syncs, and says early what stands in its way. */
export const AddDialog = ({ file, at, total, onNext, onClose }: AddDialogProps) => {
  const { t, account: called } = useText();
  const { client, ui } = useApp();
  const say = useSay();
  const accounts = useAccounts();
  const documents = useSync((view) => view.documents);
  const { looked, again } = useLook(file.path, file.fileKey !== undefined);
  const able = accounts.filter(({ capabilities }) => capabilities.sync);
  const [typedKey, setTypedKey] = useState(file.fileKey ?? null);
  const [chosen, setChosen] = useState(file.account ?? null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const look = looked.at === 'looked' ? looked.look : null;
  const key = typedKey ?? look?.fileKey ?? '';
  const inUse = accountInUse(able);
  const account = able.find(({ id }) => id === chosen) ?? inUse;
  const taken = documents.some((one) => one.account === account?.id && one.fileKey === key);
  const wrong = wrongWith(key, taken);
  const keyError = wrong === null ? null : t(wrong, { key });
  const usable = look !== null && look.problem === null && look.takenBy === null;
  const ready = usable && key !== '' && keyError === null && account !== undefined && !busy;

  const add = async (): Promise<void> => {
    if (!ready || account === undefined) return;
    setBusy(true);
    setProblem(null);
    const document = { account: account.id, fileKey: key };
    try {
      await client.call('sync:add', { document, path: file.path });
    } catch (failure) {
      if (!(failure instanceof CallFailure)) throw failure;
      setBusy(false);
      setProblem(failure.error.problem);
      return;
    }
    ui.setState({ syncConcerned: document });
    say({ title: { key: 'syncAdded', params: { name: key, account: called(account.name) } } });
    onNext();
    // How it went stands in the document's row.
    client.call('sync:run', { document }).catch((failure: unknown) => {
      if (!(failure instanceof CallFailure)) throw failure;
    });
  };

  return (
    <FormDialog
      title={total > 1 ? t('syncAddTitleOf', { at, total }) : t('syncAddTitle')}
      closeLabel={t('close')}
      cancelLabel={t('cancel')}
      submitLabel={t('syncAddConfirm')}
      ready={ready}
      aside={
        looked.at === 'looking' ? (
          <Busy text={t('syncAddLooking')} />
        ) : total > 1 ? (
          // "Cancel" drops the files that are left as well.
          <Button look={usable ? 'quiet' : 'plain'} className="mr-auto" autoFocus={!usable} onClick={onNext}>
            {t('syncAddSkip')}
          </Button>
        ) : null
      }
      onSubmit={() => void add()}
      onClose={onClose}
    >
      {look === null ? <p className="said text-text-2">{file.path}</p> : <FileFacts look={look} onAgain={again} />}
      <Wrong problem={looked.at === 'failed' ? looked.problem : problem} onAgain={looked.at === 'failed' ? again : null} />
      {usable ? (
        <>
          <Field label={t('syncAddKey')} help={t('syncAddKeyHelp')} error={keyError}>
            <Input value={key} onChange={setTypedKey} maxLength={64} autoFocus className="font-mono" />
          </Field>
          <Field
            label={t('syncAddAccount')}
            help={
              <>
                <CannotSync accounts={accounts.filter(({ capabilities }) => !capabilities.sync)} />
                {t('syncAddAccountHelp')}
              </>
            }
          >
            <Select
              label={t('syncAddAccount')}
              className="w-full"
              value={account?.id ?? ''}
              options={able.map(({ id, name, url, onlyThisComputer }) => ({ value: id, label: called(name), note: onlyThisComputer ? t('onlyHere') : url }))}
              onChange={setChosen}
            />
          </Field>
          {account === undefined ? null : <WhatHappens account={account} able={able} meets={file.fileKey === undefined || looked.at !== 'looked' ? null : looked.missing ? 'syncAddMakes' : 'syncAddMeets'} onLeave={onClose} />}
        </>
      ) : null}
    </FormDialog>
  );
};
