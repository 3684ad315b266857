import clsx from 'clsx';
import { Film, Image, Sparkles } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { LibraryAlbum } from '../../../shared/model/library-album';
import { NEWEST_FIRST, NO_FILTER } from '../../../shared/model/library-defaults';
import type { Problem } from '../../../shared/model/problem';
import type { Upload } from '../../../shared/model/upload';
import { CallFailure } from '../../bridge';
import { useText } from '../../stores/text';
import { thumbAddress } from '../../stores/thumb-address';
import { useAttempt } from '../../stores/use-actions';
import { useApp } from '../../stores/use-app';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { FailedBar } from '../../ui/failed-bar';
import { Picture } from '../../ui/picture';

const PAGE = 60;

type Read = { readonly uploads: readonly Upload[]; readonly end: boolean; readonly problem: Problem | null };

/** The album's pictures, newest first, read as they are asked for. */
const useAlbumPictures = (albumId: string): Read & { readonly more: () => void; readonly again: () => void } => {
  const { client } = useApp();
  const [wanted, setWanted] = useState(PAGE);
  const [tries, setTries] = useState(0);
  const [read, setRead] = useState<Read>({ uploads: [], end: false, problem: null });
  useEffect(() => {
    let left = false;
    const load = async (): Promise<void> => {
      try {
        const query = { filter: { ...NO_FILTER, album: { source: 'local', id: albumId } as const }, sort: NEWEST_FIRST };
        const { uploads } = await client.call('library:rows', { query, offset: wanted - PAGE, limit: PAGE });
        if (!left) setRead((before) => ({ uploads: [...before.uploads.slice(0, wanted - PAGE), ...uploads], end: uploads.length < PAGE, problem: null }));
      } catch (failure) {
        if (!(failure instanceof CallFailure)) throw failure;
        const { problem } = failure.error;
        if (!left) setRead((before) => ({ ...before, problem }));
      }
    };
    void load();
    return () => {
      left = true;
    };
  }, [client, albumId, wanted, tries]);
  return { ...read, more: () => setWanted(wanted + PAGE), again: () => setTries(tries + 1) };
};

/** Lets a person choose which picture stands for an album. */
export const CoverDialog = ({ album, onClose }: { readonly album: LibraryAlbum; readonly onClose: () => void }) => {
  const { t, problem, sentences } = useText();
  const attempt = useAttempt();
  const { uploads, end, problem: failed, more, again } = useAlbumPictures(album.id);
  const content = useRef<HTMLDivElement>(null);
  const before = useRef<number | null>(null);
  const read = uploads.length;
  const settled = failed !== null || end || read > 0;
  // Before the dialog itself looks for another place for a lost keyboard.
  useLayoutEffect(() => {
    if (!settled) return;
    const [at, had] = [document.activeElement, before.current];
    before.current = read;
    // Nothing was there to have the keyboard when the dialog opened, and the button that asked for more goes once it came.
    const lost = at === null || at === document.body || at.hasAttribute('data-modal') || (had === null && at.closest('footer') !== null);
    if (!lost) return;
    const wanted = failed !== null ? '[role=alert] button' : (had ?? 0) === 0 ? '[aria-pressed=true]' : `li:nth-child(${(had ?? 0) + 1}) button`;
    (content.current?.querySelector<HTMLElement>(wanted) ?? content.current?.querySelector('button'))?.focus();
  }, [settled, failed, read]);
  const choose = async (uploadId: string | null): Promise<void> => {
    if (await attempt('albums:set-cover', { id: album.id, uploadId })) onClose();
  };
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t('albumsCoverTitle', { name: album.name })}
      closeLabel={t('close')}
      footer={
        <>
          <Button className="mr-auto" icon={<Sparkles size={14} aria-hidden />} disabled={album.coverUploadId === null} onClick={() => void choose(null)}>
            {t('albumsCoverNewest')}
          </Button>
          <Button onClick={onClose}>{t('cancel')}</Button>
        </>
      }
    >
      <div ref={content}>
        {end && uploads.length === 0 ? <p className="py-6 text-center text-text-2">{t('albumsCoverNone')}</p> : null}
        <ul aria-label={t('albumsCoverLabel')} className="grid grid-cols-[repeat(auto-fill,minmax(96px,1fr))] gap-2">
          {uploads.map((upload) => (
            <li key={upload.id}>
              <button
                type="button"
                aria-label={upload.name}
                title={upload.name}
                aria-pressed={album.coverUploadId === upload.id}
                onClick={() => void choose(upload.id)}
                className={clsx('block h-24 w-full rounded-s p-0.5', album.coverUploadId === upload.id ? 'outline-2 outline-accent' : 'hover:bg-hover')}
              >
                <Picture src={thumbAddress(upload.thumb)} fallback={upload.kind === 'video' ? <Film size={24} aria-hidden /> : <Image size={24} aria-hidden />} />
              </button>
            </li>
          ))}
        </ul>
        {failed === null ? null : (
          <FailedBar className={clsx(read > 0 && 'mt-3')} detail={failed.detail} againLabel={t('tryAgain')} onAgain={again}>
            {sentences(t('albumsCoverFailed'), problem({ ...failed, detail: null }))}
          </FailedBar>
        )}
        {end || uploads.length === 0 || failed !== null ? null : (
          <div className="mt-3 flex justify-center">
            <Button onClick={more}>{t('albumsCoverMore')}</Button>
          </div>
        )}
      </div>
    </Dialog>
  );
};
