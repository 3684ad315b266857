import { AppWindow, Camera, ClipboardPaste, Crop, FolderOpen, Info, Monitor, Plus, RotateCcw, Ship } from 'lucide-react';
import { useText } from '../../stores/text';
import { useActions } from '../../stores/use-actions';
import { useAccountInUse, useApp, useSettings } from '../../stores/use-app';
import { Bar } from '../../ui/bits';
import { Button } from '../../ui/button';
import { Menu, type MenuEntry } from '../../ui/menu';
import { AccountPicker, AlbumPicker, FormatPicker } from './pickers';

const icon = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const;

/** What can be captured, the most used first. */
const CaptureMenu = () => {
  const { t } = useText();
  const { capture } = useActions();
  const last = useSettings((settings) => settings.capture.lastRegion);
  const entries = (): readonly MenuEntry[] => [
    { label: t('captureRegion'), icon: <Crop {...icon} />, onSelect: () => void capture('region') },
    { label: t('captureWindow'), icon: <AppWindow {...icon} />, onSelect: () => void capture('window') },
    { label: t('captureScreen'), icon: <Monitor {...icon} />, onSelect: () => void capture('screen') },
    ...(last === null ? [] : [{ label: t('captureLastRegion'), icon: <RotateCcw {...icon} />, onSelect: () => void capture('last-region') }]),
  ];
  return <Menu align="start" trigger={<Button icon={<Camera {...icon} />}>{t('captureMenu')}</Button>} entries={entries} />;
};

const Ways = ({ primary }: { readonly primary: boolean }) => {
  const { t } = useText();
  const { chooseFiles, paste } = useActions();
  return (
    <>
      <Button look={primary ? 'primary' : 'plain'} icon={primary ? <FolderOpen {...icon} /> : <Plus {...icon} />} onClick={() => void chooseFiles()}>
        {t('uploadChoose')}
      </Button>
      <Button icon={<ClipboardPaste {...icon} />} onClick={() => void paste()}>
        {t('uploadPaste')}
      </Button>
      <CaptureMenu />
    </>
  );
};

/** The whole screen while the queue is empty. */
export const DropArea = () => {
  const { t } = useText();
  return (
    <div className="h-full overflow-y-auto p-4">
      <div className="flex min-h-full flex-col items-center justify-center gap-6 rounded-m border border-dashed border-line-strong bg-surface px-6 py-10 text-center">
        <Ship size={44} strokeWidth={1.25} aria-hidden className="text-accent" />
        <div>
          <h2 className="text-title font-semibold text-balance">{t('uploadDropTitle')}</h2>
          <p className="mt-1.5 text-text-2">{t('uploadDropText')}</p>
        </div>
        <div className="flex flex-wrap justify-center gap-2">
          <Ways primary />
        </div>
        <div className="flex max-w-full flex-wrap items-center justify-center gap-2 border-t border-line pt-6">
          <AccountPicker />
          <AlbumPicker />
          <FormatPicker />
        </div>
      </div>
    </div>
  );
};

/** The same ways in, small, while there is a queue to look at. */
export const DropBar = () => {
  const { t } = useText();
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-4 py-2">
      <Ways primary={false} />
      <span className="mr-auto hidden truncate text-text-2 min-[1240px]:inline">{t('uploadDropBar')}</span>
      <span className="ml-auto flex min-w-0 flex-wrap items-center gap-2">
        <AccountPicker />
        <AlbumPicker />
        <FormatPicker />
      </span>
    </div>
  );
};

/** What the host's declaration says must be known before the first upload, until it is put away. */
export const HostNotice = () => {
  const { t, localized, account: nameOf } = useText();
  const { providers } = useApp();
  const account = useAccountInUse();
  const dismissed = useSettings((settings) => settings.dismissed);
  const { setSettings } = useActions();
  const notice = account?.onlyThisComputer === true ? null : (providers.find((one) => one.id === account?.provider)?.notice ?? null);
  const key = `host-notice:${account?.id ?? ''}`;
  if (account === undefined || notice === null || dismissed.includes(key)) return null;
  return (
    <div className="shrink-0 px-4 pt-3">
      <Bar
        tone="warn"
        icon={<Info size={16} aria-hidden />}
        actions={
          <Button size="s" look="quiet" onClick={() => void setSettings({ dismissed: [...dismissed, key] })}>
            {t('dismiss')}
          </Button>
        }
      >
        <p className="font-medium">{t('firstNotice', { name: nameOf(account.name) })}</p>
        <p>{localized(notice)}</p>
      </Bar>
    </div>
  );
};
