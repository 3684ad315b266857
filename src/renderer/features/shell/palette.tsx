import { AppWindow, Camera, Check, ClipboardPaste, Copy, DatabaseBackup, FileBraces, FileUp, GalleryVerticalEnd, Images, Keyboard, Languages, Monitor, Palette as PaletteIcon, Pause, Play, Plus, RotateCcw, Settings2, Upload } from 'lucide-react';
import { formatNames } from '../../stores/format-names';
import { linkFormats } from '../../stores/link-text';
import { useText, type TextKey } from '../../stores/text';
import { useActions, useCall } from '../../stores/use-actions';
import { useAccountHealth, useAccountInUse, useAccounts, useApp, useQueue, useSettings } from '../../stores/use-app';
import { Dot } from '../../ui/bits';
import { CommandPalette, type PaletteCommand } from '../../ui/command-palette';
import { accountTone } from './account-switcher';

const icon = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const;
const themes: Readonly<Record<'system' | 'light' | 'dark' | 'contrast', TextKey>> = {
  system: 'themeSystem',
  light: 'themeLight',
  dark: 'themeDark',
  contrast: 'themeContrast',
};

const captures = [
  { kind: 'region', label: 'captureRegion', words: ['capture', 'screenshot', '截图', '截屏'], icon: <Camera {...icon} /> },
  { kind: 'window', label: 'captureWindow', words: ['capture', 'screenshot', '截图', '窗口'], icon: <AppWindow {...icon} /> },
  { kind: 'screen', label: 'captureScreen', words: ['capture', 'screenshot', '截图', '全屏'], icon: <Monitor {...icon} /> },
  { kind: 'last-region', label: 'captureLastRegion', words: ['capture', 'screenshot', 'again', '截图', '再次'], icon: <RotateCcw {...icon} /> },
] as const;

const usePlaces = (command: string): readonly PaletteCommand[] => {
  const { t } = useText();
  const { ui } = useApp();
  const group = t('paletteGo');
  return [
    { id: 'go-upload', group, label: t('navUpload'), icon: <Upload {...icon} />, keys: `${command} 1`, words: ['upload', '上传'], run: () => ui.setState({ route: 'upload' }) },
    { id: 'go-library', group, label: t('navLibrary'), icon: <Images {...icon} />, keys: `${command} 2`, words: ['library', '图库'], run: () => ui.setState({ route: 'library' }) },
    { id: 'go-albums', group, label: t('albumsTitle'), icon: <GalleryVerticalEnd {...icon} />, keys: `${command} 3`, words: ['albums', 'remote', '相册', '远端'], run: () => ui.setState({ route: 'albums' }) },
    { id: 'go-sync', group, label: t('navSync'), icon: <FileBraces {...icon} />, keys: `${command} 4`, words: ['sync', 'json', 'documents', 'versions', '同步', '文档', '版本'], run: () => ui.setState({ route: 'sync', syncPlace: { document: null } }) },
    { id: 'go-data', group, label: t('sectionData'), icon: <DatabaseBackup {...icon} />, words: ['export', 'import', 'backup', '导出', '导入', '备份'], run: () => ui.setState({ route: 'settings', section: 'data' }) },
    { id: 'go-settings', group, label: t('navSettings'), icon: <Settings2 {...icon} />, keys: `${command} ,`, words: ['settings', '设置'], run: () => ui.setState({ route: 'settings' }) },
    { id: 'add-account', group, label: t('accountAdd'), icon: <Plus {...icon} />, words: ['account', '账号'], run: () => ui.setState({ route: 'settings', section: 'accounts', accountForm: { kind: 'new' } }) },
    { id: 'keys', group, label: t('keysTitle'), icon: <Keyboard {...icon} />, keys: '?', words: ['keys', '快捷键'], run: () => ui.setState({ overlay: 'keys' }) },
  ];
};

const useDeeds = (command: string): readonly PaletteCommand[] => {
  const { t } = useText();
  const actions = useActions();
  const call = useCall();
  const summary = useQueue((queue) => queue.summary);
  const group = t('paletteDo');
  return [
    { id: 'choose', group, label: t('uploadChoose'), icon: <FileUp {...icon} />, keys: `${command} O`, words: ['open', '选择'], run: () => void actions.chooseFiles() },
    { id: 'paste', group, label: t('keyPaste'), icon: <ClipboardPaste {...icon} />, keys: `${command} V`, words: ['paste', '粘贴'], run: () => void actions.paste() },
    ...captures.map(({ kind, label, words, icon: sign }) => ({ id: `capture-${kind}`, group, label: t(label), icon: sign, words, run: () => void actions.capture(kind) })),
    { id: 'copy-newest', group, label: t('keyCopyNewest'), icon: <Copy {...icon} />, keys: `${command} ⇧ C`, words: ['copy', '复制'], run: () => void actions.copyNewest() },
    {
      id: 'pause',
      group,
      label: t(summary.paused ? 'queueResume' : 'queuePause'),
      icon: summary.paused ? <Play {...icon} /> : <Pause {...icon} />,
      words: ['pause', 'resume', '暂停', '继续'],
      run: () => void call('queue:pause', { paused: !summary.paused }),
    },
    ...(summary.failed === 0
      ? []
      : [{ id: 'retry', group, label: t('queueRetryFailed'), icon: <RotateCcw {...icon} />, words: ['retry', '重试'], run: () => void call('queue:retry', { allFailed: true }) }]),
  ];
};

const useChoices = (): readonly PaletteCommand[] => {
  const { t, account: nameOf } = useText();
  const { setSettings } = useActions();
  const call = useCall();
  const accounts = useAccounts();
  const inUse = useAccountInUse();
  const healthOf = useAccountHealth();
  const format = useSettings((settings) => settings.linkFormat);
  const theme = useSettings((settings) => settings.theme);
  const mark = (on: boolean, other: PaletteCommand['icon']) => (on ? <Check {...icon} /> : other);
  return [
    ...linkFormats.map((one): PaletteCommand => ({
      id: `format-${one}`,
      group: t('paletteFormat'),
      label: t(formatNames[one]),
      icon: mark(format === one, null),
      words: ['format', '格式'],
      run: () => void setSettings({ linkFormat: one }),
    })),
    ...accounts.map((account): PaletteCommand => ({
      id: `account-${account.id}`,
      group: t('paletteAccount'),
      label: nameOf(account.name),
      icon: mark(account.id === inUse?.id, <Dot tone={accountTone(healthOf(account))} />),
      words: ['account', '账号', account.url],
      run: () => void call('accounts:set-default', { id: account.id }),
    })),
    ...(['system', 'light', 'dark', 'contrast'] as const).map((one): PaletteCommand => ({
      id: `theme-${one}`,
      group: t('paletteLook'),
      label: t(themes[one]),
      icon: mark(theme === one, <PaletteIcon {...icon} />),
      words: ['theme', '主题', '外观', one],
      run: () => void setSettings({ theme: one }),
    })),
    ...(['en', 'zh-CN'] as const).map((one): PaletteCommand => ({
      id: `language-${one}`,
      group: t('paletteLook'),
      label: one === 'en' ? 'English' : '简体中文',
      icon: <Languages {...icon} />,
      words: ['language', '语言', ...(one === 'en' ? ['英文', '英语'] : ['Chinese', '中文'])],
      run: () => void setSettings({ language: one }),
    })),
  ];
};

/** The command palette, open. */
export const Palette = () => {
  const { t } = useText();
  const { ui, info } = useApp();
  const command = info.platform === 'darwin' ? '⌘' : 'Ctrl';
  const places = usePlaces(command);
  const deeds = useDeeds(command);
  const choices = useChoices();
  return (
    <CommandPalette
      open
      onClose={() => ui.setState(({ overlay }) => ({ overlay: overlay === 'palette' ? 'none' : overlay }))}
      label={t('paletteLabel')}
      placeholder={t('palettePlaceholder')}
      empty={t('paletteEmpty')}
      commands={[...deeds, ...places, ...choices]}
    />
  );
};
