import { CloudDownload, Copy, ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Account, RemoteItem } from '../../../shared/model/account';
import { useText } from '../../stores/text';
import { useOriginal } from '../../stores/use-original';
import { Button, IconButton } from '../../ui/button';
import { Viewer } from '../../ui/viewer';
import { RemoteMarks } from './remote-tile';
import { remoteTime } from './remote-words';
import type { RemoteActions } from './use-remote-actions';

const Fact = ({ label, wide = false, children }: { readonly label: string; readonly wide?: boolean; readonly children: ReactNode }) => (
  <div className={wide ? 'col-span-full min-w-0' : 'min-w-0'}>
    <dt className="text-small text-text-2">{label}</dt>
    <dd className="said num">{children}</dd>
  </div>
);

/** Everything the host says of a row, and what it does not say. */
const Facts = ({ item }: { readonly item: RemoteItem }) => {
  const text = useText();
  const { t, bytes, number } = text;
  const none = <span className="text-text-2">{t('remoteNotStated')}</span>;
  return (
    <dl className="grid grid-cols-[repeat(auto-fill,minmax(140px,1fr))] gap-x-4 gap-y-2">
      <Fact label={t('remoteFactSize')}>{item.bytes === null ? none : bytes(item.bytes)}</Fact>
      <Fact label={t('remoteFactDimensions')}>{item.width === null || item.height === null ? none : `${item.width} × ${item.height}`}</Fact>
      <Fact label={t('remoteFactTime')}>
        {item.hostTime === null ? none : remoteTime(item, text)}
        {item.hostTime === null || item.hostTimeZoneKnown ? null : <span className="block text-small text-text-2">{t('remoteZoneUnknown')}</span>}
      </Fact>
      <Fact label={t('remoteFactViews')}>{item.views === null ? none : number(item.views)}</Fact>
      {item.storedName === null || item.storedName === item.name ? null : <Fact label={t('remoteFactName')}>{item.storedName}</Fact>}
      <Fact wide label={t('remoteFactLink')}>
        {item.url}
        {item.derived ? <span className="block text-small text-text-2">{t('remoteGuessedHelp')}</span> : null}
      </Fact>
    </dl>
  );
};

type RemotePreviewProps = {
  readonly account: Account;
  readonly item: RemoteItem;
  /** Its small picture, to look at while the original comes. */
  readonly thumb: string | null;
  readonly place: string;
  readonly actions: RemoteActions;
  /** Null at the ends of the list. */
  readonly onPrevious: (() => void) | null;
  readonly onNext: (() => void) | null;
  readonly onClose: () => void;
};

/** The original of one row over the whole window. Opening it is the act that fetches it from the host. */
export const RemotePreview = ({ account, item, thumb, place, actions, onPrevious, onNext, onClose }: RemotePreviewProps) => {
  const { t } = useText();
  const viewed = useOriginal(item.uploadId === null ? { accountId: account.id, url: item.url ?? '' } : { uploadId: item.uploadId });
  return (
    <Viewer
      name={item.name}
      note={place}
      viewed={viewed}
      small={thumb}
      words={{
        close: t('close'),
        previous: t('remotePrevious'),
        next: t('remoteNext'),
        fit: t('remoteFit'),
        actual: t('remoteActual'),
        loading: t('remotePreviewLoading'),
        retry: t('tryAgain'),
        broken: t('remotePreviewFailed'),
      }}
      actions={
        <>
          <span className="flex gap-1 max-[760px]:hidden">
            <RemoteMarks item={item} />
          </span>
          {item.uploadId === null ? (
            <IconButton label={t('remoteAdd')} onClick={() => void actions.add([item])}>
              <CloudDownload size={16} aria-hidden />
            </IconButton>
          ) : null}
          <IconButton label={t('remoteOpen')} onClick={() => actions.open(item)}>
            <ExternalLink size={16} aria-hidden />
          </IconButton>
          <Button size="s" icon={<Copy size={14} aria-hidden />} onClick={() => void actions.copy([item])}>
            {t('remoteCopy')}
          </Button>
        </>
      }
      foot={<Facts item={item} />}
      onPrevious={onPrevious}
      onNext={onNext}
      onClose={onClose}
      onKey={(event) => {
        if (event.key !== 'Enter' || event.target instanceof HTMLButtonElement) return;
        void actions.copy([item]);
        event.preventDefault();
      }}
    />
  );
};
