import { RefreshCw } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Account } from '../../../shared/model/account';
import type { Problem } from '../../../shared/model/problem';
import { CallFailure } from '../../bridge';
import { hostAlbums, lastListed } from '../../stores/album-lists';
import { useText } from '../../stores/text';
import { useAlbums, useApp } from '../../stores/use-app';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Field, Input } from '../../ui/field';
import { FormDialog } from '../../ui/form-dialog';
import { PickList } from '../../ui/pick-list';

type AlbumDialogProps = {
  readonly account: Account;
  /** The album's id; '' for none. */
  readonly albumId: string;
  readonly onChoose: (albumId: string) => void;
  readonly onClose: () => void;
};

const LONGEST = 200;

/** Asks the host for its albums: once by itself if it never was asked, then when a person wants it. */
const useListing = (accountId: string, unread: boolean) => {
  const { client } = useApp();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const refresh = useCallback(async (): Promise<void> => {
    setBusy(true);
    try {
      await client.call('albums:refresh', { accountId });
      setProblem(null);
    } catch (failure) {
      if (!(failure instanceof CallFailure)) throw failure;
      setProblem(failure.error.problem);
    }
    setBusy(false);
  }, [client, accountId]);
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current || !unread) return;
    begun.current = true;
    void refresh();
  }, [unread, refresh]);
  return { busy, problem, refresh };
};

const ListedAlbums = ({ account, albumId, onChoose, onClose }: AlbumDialogProps) => {
  const { t, language, account: called, problem: words, timeLong } = useText();
  const every = useAlbums();
  const albums = useMemo(() => hostAlbums(every, account.id, language), [every, account.id, language]);
  const { busy, problem, refresh } = useListing(account.id, albums.length === 0);
  const listedAt = lastListed(albums);
  const picks = useMemo(
    () => [
      { value: '', label: t('uploadAlbumNone') },
      ...albums.map((one) => ({ value: one.id, label: one.name, ...(one.isPrivate === true ? { note: t('albumsPrivate') } : {}) })),
      ...(albumId === '' || albums.some(({ id }) => id === albumId) ? [] : [{ value: albumId, label: albumId, note: t('uploadAlbumUnverified') }]),
    ],
    [albums, albumId, t],
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('uploadAlbumChoose', { name: called(account.name) })}
      closeLabel={t('close')}
      footer={
        <>
          <span className="num mr-auto text-small text-text-2">{listedAt === null ? '' : t('albumsListedAt', { time: timeLong(listedAt) })}</span>
          <Button icon={<RefreshCw size={14} aria-hidden className={busy ? 'animate-spin motion-reduce:animate-none' : ''} />} disabled={busy} onClick={() => void refresh()}>
            {t('albumsRefresh')}
          </Button>
        </>
      }
    >
      <PickList label={t('uploadAlbumList')} placeholder={t('uploadAlbumFind')} empty={t('uploadAlbumNoneFound')} value={albumId} picks={picks} onPick={onChoose} />
      <p role="status" className="said text-small text-text-2 empty:hidden">
        {problem !== null ? t('uploadAlbumsFailed', { text: words(problem) }) : busy ? t('uploadAlbumLoading') : albums.length === 0 ? t('uploadAlbumEmpty') : null}
      </p>
    </Dialog>
  );
};

const TypedAlbum = ({ account, albumId, onChoose, onClose }: AlbumDialogProps) => {
  const { t, account: called } = useText();
  const [typed, setTyped] = useState(albumId);
  return (
    <FormDialog
      title={t('uploadAlbumChoose', { name: called(account.name) })}
      closeLabel={t('close')}
      cancelLabel={t('cancel')}
      submitLabel={t('uploadAlbumUse')}
      ready={typed.trim() !== ''}
      aside={
        albumId === '' ? null : (
          <Button className="mr-auto" onClick={() => onChoose('')}>
            {t('uploadAlbumNone')}
          </Button>
        )
      }
      onSubmit={() => onChoose(typed.trim())}
      onClose={onClose}
    >
      <Field label={t('uploadAlbumId')} help={t('uploadAlbumCannotCheck')}>
        <Input value={typed} onChange={setTyped} maxLength={LONGEST} autoFocus />
      </Field>
    </FormDialog>
  );
};

/** Asks for an album of an account: from the host's list, or by its id where the host gives none. */
export const AlbumDialog = (props: AlbumDialogProps) => (props.account.capabilities.albums ? <ListedAlbums {...props} /> : <TypedAlbum {...props} />);

/** Whether uploads to an account can go into an album at all. */
export const takesAlbums = ({ capabilities }: Pick<Account, 'capabilities'>): boolean => capabilities.albums || capabilities.uploadIntoAlbum;

/** What an album is called as far as it is known: its name, or its id. */
export const useAlbumName = (accountId: string, albumId: string): string => {
  const albums = useAlbums();
  return albums.find((one) => one.source === 'host' && one.accountId === accountId && one.id === albumId)?.name ?? albumId;
};
