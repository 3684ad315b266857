import { Copy } from 'lucide-react';
import { linkOf } from '../../../shared/links';
import type { Upload } from '../../../shared/model/upload';
import { useText, type TextKey } from '../../stores/text';
import { thumbAddress } from '../../stores/thumb-address';
import { useSettings } from '../../stores/use-app';
import { Badge, Thumb } from '../../ui/bits';
import type { Question } from './library-dialogs';
import { UploadIcon } from './upload-items';
import { CopyUpload, UploadMenu } from './upload-menu';
import { remoteWords } from './upload-words';

const Fact = ({ name, children }: { readonly name: TextKey; readonly children: React.ReactNode }) => {
  const { t } = useText();
  return (
    <div className="grid grid-cols-[88px_minmax(0,1fr)] gap-2 py-1">
      <dt className="text-text-2">{t(name)}</dt>
      <dd className="said num">{children}</dd>
    </div>
  );
};

/** Everything known of one upload. */
export const UploadDetails = ({ upload, onAsk }: { readonly upload: Upload; readonly onAsk: (question: Question) => void }) => {
  const { t, account, bytes, timeLong, span } = useText();
  const settings = useSettings((all) => all);
  const words = remoteWords(upload.remoteState);
  return (
    <div className="flex flex-col gap-3">
      <div className="h-44">
        <Thumb src={thumbAddress(upload.thumb)} size="fill" fallback={<UploadIcon kind={upload.kind} size={36} />} />
      </div>
      <div className="flex items-center gap-1">
        <CopyUpload upload={upload} />
        <span className="ml-auto">
          <UploadMenu upload={upload} onAsk={onAsk} />
        </span>
      </div>
      {upload.url === null ? null : (
        <code className="said flex gap-2 rounded-s border border-line bg-sunken p-2 font-mono text-small">
          <Copy size={12} aria-hidden className="mt-0.5 shrink-0 text-text-2" />
          {linkOf({ ...upload, url: upload.url }, settings)}
        </code>
      )}
      <dl>
        <Fact name="factName">{upload.name}</Fact>
        <Fact name="factState">
          <Badge tone={words.tone}>{t(words.key)}</Badge>
        </Fact>
        <Fact name="factAccount">{account(upload.accountName)}</Fact>
        {upload.onlyThisComputer ? <Fact name="factLink">{t('onlyHere')}</Fact> : null}
        <Fact name="factSize">{bytes(upload.bytes)}</Fact>
        {upload.width === null || upload.height === null ? null : (
          <Fact name="factDimensions">
            {upload.width} × {upload.height}
          </Fact>
        )}
        {upload.durationSeconds === null ? null : <Fact name="factDuration">{span(upload.durationSeconds)}</Fact>}
        <Fact name="factTime">{timeLong(upload.uploadedAt)}</Fact>
        {upload.albumId === null ? null : <Fact name="factAlbum">{upload.albumId}</Fact>}
      </dl>
    </div>
  );
};
