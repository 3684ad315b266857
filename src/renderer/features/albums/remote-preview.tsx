import { ChevronLeft, ChevronRight, CircleAlert, CloudDownload, Copy, ExternalLink, LoaderCircle } from 'lucide-react';
import { useEffect, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { Account, RemoteItem } from '../../../shared/model/account';
import type { Problem } from '../../../shared/model/problem';
import { CallFailure, type CallOutput } from '../../bridge';
import { useText } from '../../stores/text';
import { useApp } from '../../stores/use-app';
import { Button, IconButton } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import type { RemoteActions } from './use-remote-actions';
import { RemoteMarks } from './remote-tile';

type Opened =
  | { readonly at: 'opening' }
  | { readonly at: 'open'; readonly original: CallOutput<'previews:open'> }
  | { readonly at: 'failed'; readonly problem: Problem | null };

/** Has the original of a row made loadable while it is shown, and let go afterwards. */
const useOriginal = (account: Account, item: RemoteItem): Opened => {
  const { client } = useApp();
  const [opened, setOpened] = useState<Opened>({ at: 'opening' });
  const { uploadId, url } = item;
  useEffect(() => {
    let left = false;
    let address: string | null = null;
    const close = (): void => {
      if (address !== null) void client.call('previews:close', { address });
    };
    const open = async (): Promise<void> => {
      setOpened({ at: 'opening' });
      try {
        const original = await client.call('previews:open', uploadId === null ? { accountId: account.id, url: url ?? '' } : { uploadId });
        address = original.address;
        if (left) close();
        else setOpened({ at: 'open', original });
      } catch (failure) {
        if (!(failure instanceof CallFailure)) throw failure;
        if (!left) setOpened({ at: 'failed', problem: failure.error.problem });
      }
    };
    void open();
    return () => {
      left = true;
      close();
    };
  }, [client, account.id, uploadId, url]);
  return opened;
};

const Original = ({ account, item }: { readonly account: Account; readonly item: RemoteItem }) => {
  const { t, problem } = useText();
  const opened = useOriginal(account, item);
  const [broken, setBroken] = useState<string | null>(null);
  if (opened.at === 'opening')
    return (
      <span role="status" className="flex items-center gap-2 text-text-2">
        <LoaderCircle size={16} aria-hidden className="animate-spin motion-reduce:animate-none" />
        {t('remotePreviewLoading')}
      </span>
    );
  if (opened.at === 'failed' || broken === opened.original.address)
    return (
      <span role="alert" className="flex max-w-100 flex-col items-center gap-1 text-center text-text-2">
        <CircleAlert size={28} strokeWidth={1.25} aria-hidden />
        <span className="font-medium text-text">{t('remotePreviewFailed')}</span>
        {opened.at === 'failed' && opened.problem !== null ? problem(opened.problem) : null}
      </span>
    );
  const { address, kind } = opened.original;
  return kind === 'video' ? (
    <video src={address} controls className="size-full object-contain" onError={() => setBroken(address)} />
  ) : (
    <img src={address} alt={item.name} draggable={false} className="checkerboard max-h-full max-w-full object-contain" onError={() => setBroken(address)} />
  );
};

const Fact = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <div className="flex gap-3">
    <dt className="w-28 shrink-0 text-text-2">{label}</dt>
    <dd className="said num min-w-0 flex-1 select-text">{children}</dd>
  </div>
);

const Facts = ({ item }: { readonly item: RemoteItem }) => {
  const { t, bytes, number } = useText();
  const none = <span className="text-text-2">{t('remoteNotStated')}</span>;
  return (
    <dl className="mt-3 flex flex-col gap-1 text-small">
      <Fact label={t('remoteFactSize')}>{item.bytes === null ? none : bytes(item.bytes)}</Fact>
      <Fact label={t('remoteFactDimensions')}>{item.width === null || item.height === null ? none : `${item.width} × ${item.height}`}</Fact>
      <Fact label={t('remoteFactTime')}>
        {item.hostTime ?? none}
        {item.hostTime === null || item.hostTimeZoneKnown ? null : <span className="block text-text-2">{t('remoteZoneUnknown')}</span>}
      </Fact>
      <Fact label={t('remoteFactViews')}>{item.views === null ? none : number(item.views)}</Fact>
      {item.storedName === null || item.storedName === item.name ? null : <Fact label={t('remoteFactName')}>{item.storedName}</Fact>}
      <Fact label={t('remoteFactLink')}>
        {item.url}
        {item.derived ? <span className="block text-text-2">{t('remoteGuessedHelp')}</span> : null}
      </Fact>
    </dl>
  );
};

type RemotePreviewProps = {
  readonly account: Account;
  readonly item: RemoteItem;
  readonly actions: RemoteActions;
  /** Null at the ends of the list. */
  readonly onPrevious: (() => void) | null;
  readonly onNext: (() => void) | null;
  readonly onClose: () => void;
};

/** The original of one row with everything the host says of it; arrows go through the list. */
export const RemotePreview = ({ account, item, actions, onPrevious, onNext, onClose }: RemotePreviewProps) => {
  const { t } = useText();
  const keydown = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLVideoElement) return;
    const go = event.key === 'ArrowLeft' ? onPrevious : event.key === 'ArrowRight' ? onNext : null;
    if (go === null) return;
    event.preventDefault();
    go();
  };
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={item.name}
      closeLabel={t('close')}
      footer={
        <>
          <span className="mr-auto flex gap-1">
            <IconButton look="plain" label={t('remotePrevious')} disabled={onPrevious === null} onClick={() => onPrevious?.()}>
              <ChevronLeft size={16} aria-hidden />
            </IconButton>
            <IconButton look="plain" label={t('remoteNext')} disabled={onNext === null} onClick={() => onNext?.()}>
              <ChevronRight size={16} aria-hidden />
            </IconButton>
          </span>
          {item.uploadId === null ? (
            <Button icon={<CloudDownload size={14} aria-hidden />} onClick={() => void actions.add([item])}>
              {t('remoteAdd')}
            </Button>
          ) : null}
          <Button icon={<ExternalLink size={14} aria-hidden />} onClick={() => actions.open(item)}>
            {t('remoteOpen')}
          </Button>
          <Button look="primary" icon={<Copy size={14} aria-hidden />} onClick={() => void actions.copy([item])}>
            {t('remoteCopy')}
          </Button>
        </>
      }
    >
      <div onKeyDown={keydown}>
        <div className="flex h-[44vh] min-h-40 items-center justify-center overflow-hidden rounded-s bg-sunken">
          <Original account={account} item={item} />
        </div>
        <div className="mt-2 flex flex-wrap gap-1 empty:hidden">
          <RemoteMarks item={item} />
        </div>
        <Facts item={item} />
      </div>
    </Dialog>
  );
};
