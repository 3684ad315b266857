import clsx from 'clsx';
import { FileBraces, FolderSearch, Image, Link, Ship, VideoOff, Video } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import type { Account } from '../../../shared/model/account';
import { countIntake, documentsIn, type IntakeCount } from '../../stores/intake';
import { useText } from '../../stores/text';
import { useActions } from '../../stores/use-actions';
import type { Route } from '../../stores/ui-store';
import { accountInUse, useAccounts, useApp, useUi } from '../../stores/use-app';
import { ConfirmDialog } from '../../ui/dialog';

type Hover = { readonly count: IntakeCount; readonly accountId: string | null };

const carries = (transfer: DataTransfer | null): transfer is DataTransfer =>
  transfer !== null && (transfer.types.includes('Files') || transfer.types.includes('text/uri-list'));

const accountUnder = (target: EventTarget | null): string | null =>
  target instanceof Element ? (target.closest<HTMLElement>('[data-drop-account]')?.dataset['dropAccount'] ?? null) : null;

/** Where JSON files become documents: conflicts are decided inside of Sync. */
const isSync = (route: Route): boolean => route === 'sync' || route === 'resolver';

/** Follows a drag over the window and takes the drop, wherever it falls. `onAsk` gets files that would end the deciding of conflicts, or that are JSON and none to upload. */
const useWindowDrop = (onAsk: (paths: readonly string[]) => void): Hover | null => {
  const [hover, setHover] = useState<Hover | null>(null);
  const { take } = useActions();
  const { client, ui } = useApp();
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (!carries(event.dataTransfer)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      const count = countIntake(event.dataTransfer.items);
      const accountId = accountUnder(event.target);
      setHover((before) =>
        before !== null && before.accountId === accountId && JSON.stringify(before.count) === JSON.stringify(count) ? before : { count, accountId },
      );
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setHover(null);
    };
    const drop = (event: DragEvent): void => {
      setHover(null);
      if (!carries(event.dataTransfer)) return;
      event.preventDefault();
      const { route } = ui.getState();
      if (isSync(route)) {
        const paths = [...event.dataTransfer.files].map((file) => client.pathOf(file)).filter((path) => path !== '');
        if (route === 'resolver') onAsk(paths);
        else ui.setState({ syncDropped: paths });
        return;
      }
      const documents = documentsIn(event.dataTransfer, (file) => client.pathOf(file));
      if (documents.paths.length > 0) onAsk(documents.paths);
      if (documents.all) return;
      void take(event.dataTransfer, accountUnder(event.target) ?? undefined);
    };
    const end = (): void => setHover(null);
    window.addEventListener('dragenter', over);
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    window.addEventListener('dragend', end);
    return () => {
      window.removeEventListener('dragenter', over);
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
      window.removeEventListener('dragend', end);
    };
  }, [take, client, ui, onAsk]);
  return hover;
};

const Line = ({ icon, children }: { readonly icon: ReactNode; readonly children: ReactNode }) => (
  <li className="flex items-center gap-2.5">
    <span className="text-accent">{icon}</span>
    <span>{children}</span>
  </li>
);

const Fates = ({ count, account }: { readonly count: IntakeCount; readonly account: Account | undefined }) => {
  const { t, account: nameOf } = useText();
  const name = nameOf(account?.name ?? '');
  const takesVideo = account?.capabilities.video ?? true;
  return (
    <ul className="flex flex-col gap-1.5 text-left">
      {count.images > 0 ? <Line icon={<Image size={16} aria-hidden />}>{t('dropImages', { count: count.images })}</Line> : null}
      {count.videos > 0 ? (
        <Line icon={takesVideo ? <Video size={16} aria-hidden /> : <VideoOff size={16} aria-hidden />}>
          {t(takesVideo ? 'dropVideos' : 'dropVideosRefused', { count: count.videos, name })}
        </Line>
      ) : null}
      {count.json > 0 ? <Line icon={<FileBraces size={16} aria-hidden />}>{t('dropJson', { count: count.json })}</Line> : null}
      {count.others > 0 ? <Line icon={<FolderSearch size={16} aria-hidden />}>{t('dropOthers', { count: count.others })}</Line> : null}
      {count.link ? <Line icon={<Link size={16} aria-hidden />}>{t('dropLink')}</Line> : null}
    </ul>
  );
};

/** On the Sync screen files become documents. */
const SyncDrop = ({ count }: { readonly count: IntakeCount }) => {
  const { t } = useText();
  return (
    <div data-testid="drop-overlay" className="fixed inset-0 z-50 flex bg-bg p-4">
      <div className="pointer-events-none flex flex-1 flex-col items-center justify-center gap-4 rounded-m border-2 border-dashed border-accent bg-accent-soft p-6 text-center">
        <FileBraces size={40} strokeWidth={1.25} aria-hidden className="text-accent" />
        <div>
          <p className="text-title font-semibold num">{t('syncDropTitle', { count: count.images + count.videos + count.json + count.others })}</p>
          <p className="mt-1 text-text-2">{t('syncDropText')}</p>
        </div>
      </div>
    </div>
  );
};

/** Covers the window while something hangs over it, and says what a drop would do. */
export const DropOverlay = () => {
  const { t, account: nameOf } = useText();
  const { ui } = useApp();
  const [asked, setAsked] = useState<readonly string[]>([]);
  const hover = useWindowDrop(setAsked);
  const accounts = useAccounts();
  const syncs = useUi(({ route }) => isSync(route));
  const deciding = useUi(({ route }) => route === 'resolver');
  if (hover === null)
    return (
      <ConfirmDialog
        open={asked.length > 0}
        title={t(deciding ? 'syncDropLeave' : 'syncDropKeep', { count: asked.length })}
        confirmLabel={t('syncDropGo')}
        cancelLabel={t(deciding ? 'resolverStay' : 'cancel')}
        onCancel={() => setAsked([])}
        onConfirm={() => {
          setAsked([]);
          ui.setState({ route: 'sync', resolving: null, syncPlace: { document: null }, syncDropped: asked });
        }}
      >
        {t(deciding ? 'resolverLeaveText' : 'syncDropKeepText')}
      </ConfirmDialog>
    );
  if (syncs) return <SyncDrop count={hover.count} />;
  const inUse = accountInUse(accounts);
  const account = accounts.find((one) => one.id === hover.accountId) ?? inUse;
  const files = hover.count.images + hover.count.videos + hover.count.json + hover.count.others;
  // They are uploaded nowhere.
  const onlyJson = hover.count.json > 0 && hover.count.json === files;
  return (
    <div data-testid="drop-overlay" className="fixed inset-0 z-50 flex bg-bg">
      <div className="flex w-50 shrink-0 flex-col justify-end gap-1 overflow-y-auto border-r border-line bg-surface p-2">
        <span className="px-2 pb-1 text-small text-text-2">{t('accountChoose')}</span>
        {accounts.map((one) => (
          <div
            key={one.id}
            data-drop-account={one.id}
            aria-label={t('dropHereFor', { name: nameOf(one.name) })}
            className={clsx(
              'flex min-h-11 items-center truncate rounded-s border px-2.5',
              one.id === account?.id ? 'border-accent bg-accent-soft text-accent' : 'border-line text-text',
            )}
          >
            <span className="pointer-events-none truncate">{nameOf(one.name)}</span>
          </div>
        ))}
      </div>
      <div className="pointer-events-none flex min-w-0 flex-1 p-4">
        <div className="flex flex-1 flex-col items-center justify-center gap-4 rounded-m border-2 border-dashed border-accent bg-accent-soft p-6 text-center">
          <Ship size={40} strokeWidth={1.25} aria-hidden className="text-accent" />
          <div>
            <p className="text-title font-semibold num">{files === 0 ? t('dropTitleLink') : t('dropTitle', { count: files })}</p>
            {onlyJson ? null : <p className="mt-1 text-text-2">{t('dropTo', { name: nameOf(account?.name ?? '') })}</p>}
          </div>
          <Fates count={hover.count} account={account} />
        </div>
      </div>
    </div>
  );
};
