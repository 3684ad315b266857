import clsx from 'clsx';
import { FileCheck2, FolderInput, MoreHorizontal, RotateCcw, SlidersHorizontal, SplitSquareHorizontal } from 'lucide-react';
import { useState } from 'react';
import type { Job } from '../../../shared/model/job';
import { AS_IT_IS } from '../../../shared/model/preparation-profiles';
import { profileOptions } from '../../stores/profile-words';
import { wasChanged } from '../../stores/report-words';
import { useSay } from '../../stores/said';
import { useText } from '../../stores/text';
import { useCall } from '../../stores/use-actions';
import { useAccounts, useApp } from '../../stores/use-app';
import { buttonClass } from '../../ui/button';
import { Menu, type MenuEntry } from '../../ui/menu';
import { originalKey } from './adapted-for';
import { AlbumDialog, takesAlbums, useAlbumName } from './album-dialog';

const small = { size: 14, 'aria-hidden': true } as const;

/** The album a job goes into, in words. */
export const JobAlbum = ({ accountId, albumId }: { readonly accountId: string; readonly albumId: string }) => {
  const { t } = useText();
  const name = useAlbumName(accountId, albumId);
  return <> · {t('jobAlbum', { name })}</>;
};

/** Whether there is a file to look at, before and after. */
export const canBeCompared = (job: Job): boolean => job.hasFile || job.state === 'queued';

/** How a job's file is made ready, as entries of its menu. */
const usePreparing = (job: Job): (() => readonly MenuEntry[]) => {
  const text = useText();
  const { t } = text;
  const { settings, ui } = useApp();
  const call = useCall();
  const say = useSay();
  const choose = (profile: string | null): void => void call('queue:set-profile', { ids: [job.id], profile });
  const sendAgain = async (): Promise<void> => {
    const answer = await call('queue:send-again', { id: job.id, profile: AS_IT_IS.id });
    if (answer !== undefined && answer.jobId !== null) say({ title: { key: 'jobAgainQueued', params: { name: job.name } } });
  };
  const unsent = job.state === 'queued' || job.state === 'failed' || job.state === 'cancelled';
  return () => [
    ...(canBeCompared(job) ? [{ label: t('jobCompare'), icon: <SplitSquareHorizontal {...small} />, onSelect: () => ui.setState({ compared: { kind: 'jobs', ids: [job.id] } }) } as const] : []),
    ...(unsent
      ? [
          {
            kind: 'submenu',
            label: t('jobProfile'),
            icon: <SlidersHorizontal {...small} />,
            entries: [{ value: null, label: t('jobProfileAccount') }, ...profileOptions(settings.getState().state.preparation, text)].map(({ value, label }) => ({ label, checked: job.profile === value, onSelect: () => choose(value) })),
          } as const,
          { label: t(originalKey(job)), icon: <FileCheck2 {...small} />, disabled: job.profile === AS_IT_IS.id, onSelect: () => choose(AS_IT_IS.id) } as const,
        ]
      : []),
    ...(job.state === 'done' && job.hasFile && wasChanged(job.report) ? [{ label: t('jobAgainOriginal'), icon: <RotateCcw {...small} />, onSelect: () => void sendAgain() } as const] : []),
  ];
};

/** What else can be done with a job: another album, another preparation, a look at what comes of it. */
export const JobMenu = ({ job, tabIndex, className }: { readonly job: Job; readonly tabIndex: 0 | -1; readonly className: string }) => {
  const { t } = useText();
  const call = useCall();
  const account = useAccounts().find(({ id }) => id === job.accountId);
  const [open, setOpen] = useState(false);
  const preparing = usePreparing(job);
  const movable = account !== undefined && takesAlbums(account) && (job.state === 'queued' || job.state === 'failed' || job.state === 'cancelled');
  if (!movable && (job.kind === 'video' || !canBeCompared(job))) return null;
  const entries = (): readonly MenuEntry[] => [
    ...(movable ? [{ label: t('jobChangeAlbum'), icon: <FolderInput {...small} />, onSelect: () => setOpen(true) }] : []),
    ...(job.kind === 'video' ? [] : preparing()),
  ];
  return (
    <>
      <Menu
        entries={entries}
        trigger={
          <button type="button" tabIndex={tabIndex} aria-label={t('jobMore', { name: job.name })} className={clsx(buttonClass('quiet', 's'), 'w-6 !px-0', className)}>
            <MoreHorizontal size={14} aria-hidden />
          </button>
        }
      />
      {open && account !== undefined ? (
        <AlbumDialog
          account={account}
          albumId={job.albumId ?? ''}
          onClose={() => setOpen(false)}
          onChoose={(id) => {
            setOpen(false);
            void call('queue:set-album', { ids: [job.id], albumId: id === '' ? null : id });
          }}
        />
      ) : null}
    </>
  );
};
