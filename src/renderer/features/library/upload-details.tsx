import { Copy, FolderOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Upload } from '../../../shared/model/upload';
import type { UploadDetails as Details } from '../../../shared/model/upload-details';
import { useSay } from '../../stores/said';
import { useText, type TextKey } from '../../stores/text';
import { thumbAddress } from '../../stores/thumb-address';
import { useAttempt, useCall } from '../../stores/use-actions';
import { useAlbums } from '../../stores/use-app';
import { Thumb } from '../../ui/bits';
import { Button, IconButton } from '../../ui/button';
import { DetailsHistory } from './details-history';
import { DetailsLinks } from './details-links';
import { NoteField, OwnTags } from './details-edit';
import { albumName } from './filter-words';
import { dimensionsOf, Marks, UploadIcon } from './upload-items';
import { CopyUpload, UploadMenu } from './upload-menu';
import { clockOf, isGone, linkSentence, providerNames, remoteSentence } from './upload-words';
import { useDetails } from './use-details';
import type { Question, UploadActions } from './use-upload-actions';

const Fact = ({ name, children }: { readonly name: TextKey; readonly children: ReactNode }) => {
  const { t } = useText();
  return (
    <div className="grid grid-cols-[88px_minmax(0,1fr)] gap-2 py-1">
      <dt className="text-text-2">{t(name)}</dt>
      <dd className="said num">{children}</dd>
    </div>
  );
};

const Digest = ({ sha256 }: { readonly sha256: string }) => {
  const { t } = useText();
  const attempt = useAttempt();
  const say = useSay();
  const copy = async (): Promise<void> => {
    if (await attempt('clipboard:copy-text', { text: sha256 })) say({ title: { key: 'copiedDetail' } });
  };
  return (
    <span className="flex items-center gap-1">
      <code className="min-w-0 flex-1 truncate font-mono text-small" title={sha256}>
        {sha256}
      </code>
      <IconButton size="s" label={t('digestCopy')} onClick={() => void copy()}>
        <Copy size={12} aria-hidden />
      </IconButton>
    </span>
  );
};

const Facts = ({ upload, details }: { readonly upload: Upload; readonly details: Details | null }) => {
  const { t, account, bytes, timeLong } = useText();
  const albums = useAlbums();
  const names = [
    ...(upload.localAlbumId === null ? [] : [albumName({ source: 'local', id: upload.localAlbumId }, albums)]),
    ...(upload.albumId === null ? [] : [t('albumAtHost', { name: albumName({ source: 'host', accountId: upload.accountId, id: upload.albumId }, albums) })]),
  ];
  const checked = details?.linkCheckedAt ?? null;
  return (
    <dl>
      <Fact name="factName">{upload.name}</Fact>
      {dimensionsOf(upload) === '' ? null : <Fact name="factDimensions">{dimensionsOf(upload)}</Fact>}
      {upload.durationSeconds === null ? null : <Fact name="factDuration">{clockOf(upload.durationSeconds)}</Fact>}
      <Fact name="factSize">{upload.bytes === 0 ? t('fileUnknown') : bytes(upload.bytes)}</Fact>
      <Fact name="factAccount">{account(upload.accountName)}</Fact>
      {details === null || details.from === null ? null : <Fact name="factFrom">{details.from}</Fact>}
      {upload.onlyThisComputer ? null : <Fact name="factHost">{providerNames[upload.provider]}</Fact>}
      {names.length === 0 ? null : <Fact name="factAlbum">{names.join(', ')}</Fact>}
      <Fact name="factTime">{timeLong(upload.uploadedAt)}</Fact>
      <Fact name="factState">{t(remoteSentence[upload.remoteState])}</Fact>
      {isGone(upload) || upload.url === null ? null : (
        <Fact name="factCheck">{upload.linkState === 'unchecked' || checked === null ? t('linkUnchecked') : t('linkChecked', { text: t(linkSentence[upload.linkState]), time: timeLong(checked) })}</Fact>
      )}
      {upload.onlyThisComputer ? <Fact name="factLink">{t('onlyHere')}</Fact> : null}
      {details === null ? null : <Fact name="factFile">{t(details.localFile === 'there' ? 'fileThere' : details.localFile === 'gone' ? 'fileGone' : 'fileUnknown')}</Fact>}
      {/^[0-9a-f]{64}$/.test(upload.sha256) ? (
        <Fact name="factDigest">
          <Digest sha256={upload.sha256} />
        </Fact>
      ) : null}
    </dl>
  );
};

type UploadDetailsProps = { readonly upload: Upload; readonly actions: UploadActions; readonly onAsk: (question: Question) => void; readonly onPreview: () => void };

/** Everything known of one upload, and what a person adds to it. */
export const UploadDetails = ({ upload, actions, onPreview }: UploadDetailsProps) => {
  const { t, problem: words } = useText();
  const call = useCall();
  const { details, problem, reload } = useDetails(upload.id);
  return (
    <div className="flex flex-col gap-3">
      <div className="relative h-44">
        <button type="button" aria-label={t('libraryPreview')} title={t('libraryPreview')} onClick={onPreview} className="block size-full rounded-s">
          <Thumb src={thumbAddress(upload.thumb)} size="fill" fallback={<UploadIcon kind={upload.kind} size={36} />} />
        </button>
        <span className="pointer-events-none absolute left-1.5 top-1.5 flex flex-wrap gap-1">
          <Marks upload={upload} />
        </span>
      </div>
      <div className="flex items-center gap-1">
        <CopyUpload upload={upload} />
        {details?.localFile === 'there' ? (
          <Button size="s" icon={<FolderOpen size={14} aria-hidden />} onClick={() => void call('library:show-file', { id: upload.id })} className="min-w-0 shrink">
            <span className="truncate">{t('libraryShowFile')}</span>
          </Button>
        ) : null}
        <span className="ml-auto">
          <UploadMenu upload={upload} actions={actions} />
        </span>
      </div>
      {problem === null ? null : (
        <p role="alert" className="said text-danger">
          {words(problem)}{' '}
          <Button size="s" onClick={reload}>
            {t('tryAgain')}
          </Button>
        </p>
      )}
      <Facts upload={upload} details={details} />
      <OwnTags upload={upload} />
      {details === null ? null : <NoteField id={upload.id} note={details.note} onSaved={reload} />}
      {upload.url === null ? null : <DetailsLinks upload={{ ...upload, url: upload.url }} />}
      {details === null ? null : <DetailsHistory details={details} />}
    </div>
  );
};
