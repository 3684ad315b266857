import { CircleAlert, CircleCheck, DatabaseBackup } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import type { Problem } from '../../../shared/model/problem';
import type { Backup } from '../../../shared/model/transfer';
import { CallFailure } from '../../bridge';
import { useSay } from '../../stores/said';
import { useText, type TextKey } from '../../stores/text';
import { useAttempt, useCall } from '../../stores/use-actions';
import { useApp } from '../../stores/use-app';
import { Badge } from '../../ui/bits';
import { Button } from '../../ui/button';
import { ConfirmDialog } from '../../ui/dialog';
import { ProblemBar } from './problem-bar';

const whys: Readonly<Record<Backup['why'], TextKey>> = { daily: 'backupDaily', before_update: 'backupUpdate', before_restore: 'backupRestore', before_import: 'backupImport' };

type Read = { readonly at: 'reading' } | { readonly at: 'failed'; readonly problem: Problem } | { readonly at: 'read'; readonly backups: readonly Backup[] };

const useBackups = (): { readonly read: Read; readonly reload: () => Promise<void> } => {
  const { client } = useApp();
  const [read, setRead] = useState<Read>({ at: 'reading' });
  const reload = useCallback(async (): Promise<void> => {
    try {
      const backups = await client.call('transfer:backups', undefined);
      setRead({ at: 'read', backups: [...backups].sort((a, b) => b.madeAt - a.madeAt) });
    } catch (failure) {
      if (!(failure instanceof CallFailure)) throw failure;
      setRead({ at: 'failed', problem: failure.error.problem });
    }
  }, [client]);
  useEffect(() => {
    void reload();
  }, [reload]);
  return { read, reload };
};

const useCountWords = (): ((backup: Backup) => string) => {
  const { t, number } = useText();
  return ({ uploads }) => (uploads === null ? t('backupUnreadable') : t('backupUploads', { count: uploads, formatted: number(uploads) }));
};

const BackupRow = ({ backup, onRestore }: { readonly backup: Backup; readonly onRestore: () => void }) => {
  const { t, timeLong, bytes } = useText();
  const count = useCountWords();
  const at = timeLong(backup.madeAt);
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line px-3 py-2 first:border-t-0">
      <div className="min-w-0 flex-1 basis-56">
        <p className="num">{at}</p>
        <p className="num text-small text-text-2">
          {t(whys[backup.why])} · {count(backup)} · {bytes(backup.bytes)}
        </p>
      </div>
      {backup.sound ? (
        <Badge tone="ok" icon={<CircleCheck size={12} aria-hidden />}>
          {t('backupSound')}
        </Badge>
      ) : (
        <Badge tone="danger" icon={<CircleAlert size={12} aria-hidden />}>
          {t('backupBroken')}
        </Badge>
      )}
      <Button size="s" disabled={!backup.sound} aria-label={`${t('backupRestoreButton')} ${at}`} onClick={onRestore}>
        {t('backupRestoreButton')}
      </Button>
    </li>
  );
};

const RestoreQuestion = ({ backup, onDone }: { readonly backup: Backup; readonly onDone: () => void }) => {
  const { t, timeLong } = useText();
  const attempt = useAttempt();
  const say = useSay();
  const count = useCountWords();
  const restore = async (): Promise<void> => {
    say({ title: { key: 'backupRestoring' } });
    await attempt('transfer:restore', { name: backup.name });
  };
  return (
    <ConfirmDialog
      open
      title={t('backupRestoreTitle', { time: timeLong(backup.madeAt) })}
      confirmLabel={t('backupRestoreConfirm')}
      cancelLabel={t('cancel')}
      onConfirm={() => {
        void restore();
        onDone();
      }}
      onCancel={onDone}
    >
      <p>{t('backupRestoreText', { uploads: count(backup) })}</p>
      <p className="mt-2">{t('backupRestoreRestart')}</p>
    </ConfirmDialog>
  );
};

/** The kept copies of the library: when, how much, whether sound; making one now and going back to one. */
export const BackupsGroup = () => {
  const { t } = useText();
  const call = useCall();
  const say = useSay();
  const { read, reload } = useBackups();
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState<Backup | null>(null);
  const backUp = async (): Promise<void> => {
    setBusy(true);
    const made = await call('transfer:back-up-now', undefined);
    setBusy(false);
    if (made === undefined) return;
    say({ title: { key: 'dataBackedUp' } });
    await reload();
  };
  return (
    <section aria-label={t('dataBackups')} className="border-b border-line py-4">
      <div className="flex max-w-140 flex-wrap items-end justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <h2 className="font-semibold">{t('dataBackups')}</h2>
          <p className="said mt-0.5 text-small text-text-2">{t('dataBackupsHelp')}</p>
        </div>
        <Button icon={<DatabaseBackup size={16} aria-hidden />} disabled={busy} onClick={() => void backUp()}>
          {t(busy ? 'dataBackingUp' : 'dataBackUpNow')}
        </Button>
      </div>
      <div className="mt-3 max-w-140">
        {read.at === 'reading' ? (
          <p role="status" className="text-text-2">
            {t('dataBackupsLoading')}
          </p>
        ) : read.at === 'failed' ? (
          <ProblemBar
            problem={read.problem}
            before={t('dataBackupsFailed')}
            actions={
              <Button size="s" onClick={() => void reload()}>
                {t('tryAgain')}
              </Button>
            }
          />
        ) : read.backups.length === 0 ? (
          <p className="text-text-2">{t('dataBackupsNone')}</p>
        ) : (
          <ul aria-label={t('dataBackupsList')} className="rounded-m border border-line bg-surface">
            {read.backups.map((backup) => (
              <BackupRow key={backup.name} backup={backup} onRestore={() => setAsked(backup)} />
            ))}
          </ul>
        )}
      </div>
      {asked === null ? null : <RestoreQuestion backup={asked} onDone={() => setAsked(null)} />}
    </section>
  );
};
