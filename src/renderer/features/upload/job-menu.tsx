import clsx from 'clsx';
import { FolderInput, MoreHorizontal } from 'lucide-react';
import { useState } from 'react';
import type { Job } from '../../../shared/model/job';
import { useText } from '../../stores/text';
import { useCall } from '../../stores/use-actions';
import { useAccounts } from '../../stores/use-app';
import { buttonClass } from '../../ui/button';
import { Menu } from '../../ui/menu';
import { AlbumDialog, takesAlbums, useAlbumName } from './album-dialog';

/** The album a job goes into, in words. */
export const JobAlbum = ({ accountId, albumId }: { readonly accountId: string; readonly albumId: string }) => {
  const { t } = useText();
  const name = useAlbumName(accountId, albumId);
  return <> · {t('jobAlbum', { name })}</>;
};

/** What else can be changed of a waiting job: its album, where its host takes one. */
export const JobMenu = ({ job, tabIndex, className }: { readonly job: Job; readonly tabIndex: 0 | -1; readonly className: string }) => {
  const { t } = useText();
  const call = useCall();
  const account = useAccounts().find(({ id }) => id === job.accountId);
  const [open, setOpen] = useState(false);
  if (account === undefined || !takesAlbums(account)) return null;
  return (
    <>
      <Menu
        entries={[{ label: t('jobChangeAlbum'), icon: <FolderInput size={14} aria-hidden />, onSelect: () => setOpen(true) }]}
        trigger={
          <button type="button" tabIndex={tabIndex} aria-label={t('jobMore', { name: job.name })} className={clsx(buttonClass('quiet', 's'), 'w-6 !px-0', className)}>
            <MoreHorizontal size={14} aria-hidden />
          </button>
        }
      />
      {open ? (
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
