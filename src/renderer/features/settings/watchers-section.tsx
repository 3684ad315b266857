import { FolderPlus } from 'lucide-react';
import type { ClipboardWatcher, ScreenshotWatcher } from '../../../shared/model/settings';
import type { WatchersView } from '../../../shared/model/watchers';
import { useText } from '../../stores/text';
import { useCall } from '../../stores/use-actions';
import { useSettings } from '../../stores/use-app';
import { useWatchers } from '../../stores/use-desktop';
import { Button } from '../../ui/button';
import { Field, Switch } from '../../ui/field';
import { Select } from '../../ui/select';
import { SettingsGroup } from './settings-group';
import { useChange } from './use-change';
import { WatchedFolder } from './watched-folder';

type Act = ClipboardWatcher['act'];

const ActSelect = ({ label, act, onChange }: { readonly label: string; readonly act: Act; readonly onChange: (act: Act) => void }) => {
  const { t } = useText();
  const silent = useSettings((all) => all.notifications) === 'none';
  return (
    <Field label={label} {...(act === 'upload' ? { help: t('watcherUploadHelp') } : silent ? { error: t('watcherAskSilent') } : {})}>
      <Select
        className="w-60 max-w-full"
        label={label}
        value={act}
        options={[
          { value: 'ask', label: t('watcherAsk') },
          { value: 'upload', label: t('watcherUpload') },
        ]}
        onChange={onChange}
      />
    </Field>
  );
};

const Folders = ({ watcher, view, onChange }: { readonly watcher: ScreenshotWatcher; readonly view: WatchersView | null; readonly onChange: (part: Partial<ScreenshotWatcher>) => void }) => {
  const { t } = useText();
  const call = useCall();
  const { folders } = watcher;
  const add = async (): Promise<void> => {
    const path = (await call('watchers:choose-folder', undefined))?.path ?? null;
    if (path !== null && !folders.some((folder) => folder.path === path)) onChange({ folders: [...folders, { path, pattern: '' }] });
  };
  const system = view?.systemFolders ?? null;
  return (
    <>
      <Switch
        label={t('watcherSystemFolder')}
        {...(system === null ? {} : { help: system.length === 0 ? t('watcherNoSystemFolder') : t('watcherSystemFolders', { list: system.join('\n') }) })}
        checked={watcher.systemFolder}
        onChange={(systemFolder) => onChange({ systemFolder })}
      />
      {folders.map((folder) => (
        <WatchedFolder
          key={folder.path}
          folder={folder}
          missing={view?.missingFolders.includes(folder.path) === true}
          onPattern={(pattern) => onChange({ folders: folders.map((other) => (other === folder ? { ...folder, pattern } : other)) })}
          onRemove={() => onChange({ folders: folders.filter((other) => other !== folder) })}
        />
      ))}
      <Button className="self-start" icon={<FolderPlus size={16} aria-hidden />} onClick={() => void add()}>
        {t('watcherFolderAdd')}
      </Button>
    </>
  );
};

const After = ({ watcher, onChange }: { readonly watcher: ScreenshotWatcher; readonly onChange: (part: Partial<ScreenshotWatcher>) => void }) => {
  const { t } = useText();
  const call = useCall();
  const choose = async (): Promise<void> => {
    const path = (await call('watchers:choose-folder', undefined))?.path ?? null;
    if (path !== null) onChange({ after: 'move', moveTo: path });
  };
  return (
    <Field label={t('watcherAfter')} {...(watcher.after === 'move' ? { help: watcher.moveTo === '' ? t('watcherMoveNone') : watcher.moveTo } : {})}>
      <span className="flex flex-wrap gap-2">
        <Select
          className="w-60 max-w-full"
          label={t('watcherAfter')}
          value={watcher.after}
          options={[
            { value: 'keep', label: t('watcherKeep') },
            { value: 'trash', label: t('watcherTrash') },
            { value: 'move', label: t('watcherMove') },
          ]}
          onChange={(after) => onChange({ after })}
        />
        {watcher.after === 'move' ? <Button onClick={() => void choose()}>{t('watcherMoveChoose')}</Button> : null}
      </span>
    </Field>
  );
};

const Pause = ({ view }: { readonly view: WatchersView }) => {
  const { t, time } = useText();
  const call = useCall();
  if (view.clipboard === 'off' && view.screenshots === 'off') return null;
  const paused = view.clipboard === 'paused' || view.screenshots === 'paused';
  return (
    <SettingsGroup title={t('watcherPause')} {...(paused ? { help: view.pausedUntil === null ? t('watcherPausedRestart') : t('watcherPausedUntil', { time: time(view.pausedUntil) }) } : {})}>
      <span className="flex flex-wrap gap-2">
        {paused ? (
          <Button onClick={() => void call('watchers:pause', { span: null })}>{t('watcherResume')}</Button>
        ) : (
          <>
            <Button onClick={() => void call('watchers:pause', { span: 'hour' })}>{t('watcherPauseHour')}</Button>
            <Button onClick={() => void call('watchers:pause', { span: 'restart' })}>{t('watcherPauseRestart')}</Button>
          </>
        )}
      </span>
    </SettingsGroup>
  );
};

export const WatchersSection = () => {
  const { t } = useText();
  const change = useChange();
  const clipboard = useSettings((all) => all.clipboardWatcher);
  const screenshots = useSettings((all) => all.screenshotWatcher);
  const view = useWatchers();
  const setScreenshots = (part: Partial<ScreenshotWatcher>): void => void change({ screenshotWatcher: { ...screenshots, ...part } });
  return (
    <>
      <SettingsGroup title={t('watcherScreenshots')}>
        <Switch label={t('watcherScreenshotsOn')} help={t('watcherScreenshotsHelp')} checked={screenshots.on} onChange={(on) => setScreenshots({ on })} />
        {view?.screenshots === 'nowhere' ? <p className="said text-danger">{t('watcherNowhere')}</p> : null}
        {screenshots.on ? (
          <>
            <ActSelect label={t('watcherScreenshotsAct')} act={screenshots.act} onChange={(act) => setScreenshots({ act })} />
            <Folders watcher={screenshots} view={view} onChange={setScreenshots} />
            <After watcher={screenshots} onChange={setScreenshots} />
          </>
        ) : null}
      </SettingsGroup>
      <SettingsGroup title={t('watcherClipboard')}>
        <Switch label={t('watcherClipboardOn')} help={t('watcherClipboardHelp')} checked={clipboard.on} onChange={(on) => void change({ clipboardWatcher: { ...clipboard, on } })} />
        {clipboard.on ? <ActSelect label={t('watcherClipboardAct')} act={clipboard.act} onChange={(act) => void change({ clipboardWatcher: { ...clipboard, act } })} /> : null}
      </SettingsGroup>
      {view === null ? null : <Pause view={view} />}
    </>
  );
};
