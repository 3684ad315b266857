import { LockKeyhole } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { ImportSource } from '../../../shared/model/transfer';
import { openLibrary } from '../../stores/open-library';
import { useText, type TextKey } from '../../stores/text';
import { useApp } from '../../stores/use-app';
import { Busy } from '../../ui/bits';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Field, Input, Switch } from '../../ui/field';
import { FormDialog } from '../../ui/form-dialog';
import { ImportContents, ImportResult, ImportSkips } from './import-report';
import { ProblemBar } from './problem-bar';
import { useImport, type ImportChoice, type ImportStep } from './use-import';

const sources: Readonly<Record<ImportSource, TextKey>> = { picferry: 'importPicferry', picgo: 'importPicgo', piclist: 'importPiclist' };

type FrameProps = { readonly title: string; readonly footer: ReactNode; readonly onClose: () => void; readonly children: ReactNode };
const Frame = ({ title, footer, onClose, children }: FrameProps) => {
  const { t } = useText();
  return (
    <Dialog open onClose={onClose} title={title} closeLabel={t('close')} footer={footer}>
      <div className="flex flex-col gap-4">{children}</div>
    </Dialog>
  );
};

type SealedProps = { readonly step: Extract<ImportStep, { readonly at: 'sealed' }>; readonly onUnlock: (passphrase: string) => void; readonly onClose: () => void };

const Sealed = ({ step, onUnlock, onClose }: SealedProps) => {
  const { t } = useText();
  const [passphrase, setPassphrase] = useState('');
  return (
    <FormDialog
      title={t('dataImport')}
      closeLabel={t('close')}
      cancelLabel={t('cancel')}
      submitLabel={t('importUnlock')}
      ready={passphrase !== '' && !step.busy}
      aside={step.busy ? <Busy text={t('importLooking')} /> : null}
      onSubmit={() => onUnlock(passphrase)}
      onClose={onClose}
    >
      <p className="flex items-center gap-2">
        <LockKeyhole size={16} aria-hidden className="shrink-0 text-text-2" />
        {t('importSealed')}
      </p>
      <Field label={t('importPassphrase')}>
        <Input type="password" value={passphrase} onChange={setPassphrase} autoFocus />
      </Field>
      <ProblemBar problem={step.problem} />
    </FormDialog>
  );
};

type LookedProps = { readonly step: Extract<ImportStep, { readonly at: 'looked' }>; readonly onRun: (choice: ImportChoice) => void; readonly onClose: () => void };

const Looked = ({ step, onRun, onClose }: LookedProps) => {
  const { t } = useText();
  const { report } = step;
  const has = { uploads: report.uploads.new + report.uploads.known + report.albums.new + report.albums.known > 0, accounts: report.accounts.new + report.accounts.known > 0, settings: report.settings };
  // Settings replace what is here, so they come only when asked for.
  const [choice, setChoice] = useState<ImportChoice>({ uploads: has.uploads, accounts: has.accounts, settings: false });
  const nothing = !choice.uploads && !choice.accounts && !choice.settings;
  const pick = (key: keyof ImportChoice, label: string, help?: string) =>
    has[key] ? <Switch label={label} {...(help === undefined ? {} : { help })} checked={choice[key]} onChange={(on) => setChoice({ ...choice, [key]: on })} /> : null;
  return (
    <Frame
      title={t('importTitle', { source: t(sources[report.source]) })}
      onClose={onClose}
      footer={
        <>
          {step.busy ? <Busy text={t('importRunning')} /> : nothing ? <span className="mr-auto text-small text-text-2">{t('importNothingChosen')}</span> : null}
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" disabled={nothing || step.busy} onClick={() => onRun(choice)}>
            {t('importRun')}
          </Button>
        </>
      }
    >
      <ImportContents report={report} />
      <section aria-label={t('importTake')} className="flex flex-col gap-2">
        <h3 className="font-medium">{t('importTake')}</h3>
        {pick('uploads', t('importTakeUploads'))}
        {pick('accounts', t('importTakeAccounts'))}
        {pick('settings', t('importTakeSettings'), t('importTakeSettingsHelp'))}
      </section>
      <ImportSkips title={t('importSkips')} skipped={report.skipped} />
      <ProblemBar problem={step.problem} />
    </Frame>
  );
};

/** Chooses a file at once, says what is in it and what will not be taken, takes what was chosen, and says what came of it. */
export const ImportDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useText();
  const app = useApp();
  const { step, choose, unlock, run } = useImport(onClose);
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    void choose();
  }, [choose]);
  switch (step.at) {
    case 'choosing':
    case 'looking':
      return (
        <Frame title={t('dataImport')} onClose={onClose} footer={<Button onClick={onClose}>{t('cancel')}</Button>}>
          {step.at === 'choosing' ? <p role="status">{t('importChoosing')}</p> : <Busy text={t('importLooking')} />}
        </Frame>
      );
    case 'failed':
      return (
        <Frame
          title={t('dataImport')}
          onClose={onClose}
          footer={
            <>
              <Button onClick={onClose}>{t('cancel')}</Button>
              <Button look="primary" onClick={() => void choose()}>
                {t('dataImportButton')}
              </Button>
            </>
          }
        >
          <ProblemBar problem={step.problem} />
        </Frame>
      );
    case 'sealed':
      return <Sealed step={step} onUnlock={(passphrase) => void unlock(step.id, passphrase)} onClose={onClose} />;
    case 'looked':
      return <Looked key={step.id} step={step} onRun={(choice) => void run(step, choice)} onClose={onClose} />;
    case 'done':
      return (
        <Frame
          title={t('importResultTitle')}
          onClose={onClose}
          footer={
            <>
              <Button
                onClick={() => {
                  onClose();
                  openLibrary(app, {});
                }}
              >
                {t('importShowLibrary')}
              </Button>
              <Button look="primary" onClick={onClose}>
                {t('close')}
              </Button>
            </>
          }
        >
          <ImportResult report={step.report} />
          <ImportSkips title={t('importSkipsDone')} skipped={step.report.skipped} />
        </Frame>
      );
  }
};
