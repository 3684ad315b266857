import { Camera, CircleUserRound, DatabaseBackup, Eye, ImageDown, Info, Keyboard, Link, Network, Palette, PanelTop, Plug, Search, SearchX, Upload } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useText, type TextKey } from '../../stores/text';
import { useApp, useUi } from '../../stores/use-app';
import type { SettingsSection } from '../../stores/ui-store';
import { EmptyState } from '../../ui/bits';
import { inputClass } from '../../ui/field';
import { Page } from '../../ui/page';
import { SideTabs } from '../../ui/tabs';
import { AboutSection } from './about-section';
import { AccountsSection } from './accounts-section';
import { AppearanceSection } from './appearance-section';
import { CaptureSection } from './capture-section';
import { DataSection } from './data-section';
import { DesktopSection } from './desktop-section';
import { LinksSection } from './links-section';
import { LocalApiSection } from './local-api-section';
import { NetworkSection } from './network-section';
import { PicturesSection } from './pictures-section';
import { ShortcutsSection } from './shortcuts-section';
import { UploadingSection } from './uploading-section';
import { WatchersSection } from './watchers-section';

type Section = {
  readonly value: SettingsSection;
  readonly label: TextKey;
  readonly icon: ReactNode;
  /** What the section can be found by. */
  readonly words: readonly TextKey[];
  readonly content: ReactNode;
};

const icon = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const;

const sections: readonly Section[] = [
  {
    value: 'accounts',
    label: 'sectionAccounts',
    icon: <CircleUserRound {...icon} />,
    words: ['accountsIntro', 'accountsAddButton', 'accountsDefault', 'accountsTest', 'formHost', 'formAddress', 'testKey'],
    content: <AccountsSection />,
  },
  {
    value: 'uploading',
    label: 'sectionUploading',
    icon: <Upload {...icon} />,
    words: ['uploadingCopy', 'uploadingCopyHelp', 'uploadingAtOnce', 'uploadingLimits', 'uploadingLimitsHelp', 'uploadingConnect', 'uploadingStall', 'uploadingAnswer'],
    content: <UploadingSection />,
  },
  {
    value: 'pictures',
    label: 'sectionPictures',
    icon: <ImageDown {...icon} />,
    words: ['prepareTitle', 'prepareHelp', 'preparePrivate', 'prepareNames', 'profilesTitle', 'partMetadata', 'partResize', 'partFormat', 'partQuality', 'partMaxBytes', 'partWatermark', 'partFrameOn', 'partNames', 'partCrop'],
    content: <PicturesSection />,
  },
  {
    value: 'shortcuts',
    label: 'sectionShortcuts',
    icon: <Keyboard {...icon} />,
    words: ['shortcutsIntro', 'shortcutUploadClipboard', 'shortcutCaptureRegion', 'shortcutCaptureWindow', 'shortcutCaptureScreen', 'shortcutOpenWindow'],
    content: <ShortcutsSection />,
  },
  {
    value: 'watchers',
    label: 'sectionWatchers',
    icon: <Eye {...icon} />,
    words: ['watcherClipboard', 'watcherClipboardOn', 'watcherScreenshots', 'watcherScreenshotsOn', 'watcherFolders', 'watcherAfter', 'watcherPause'],
    content: <WatchersSection />,
  },
  {
    value: 'desktop',
    label: 'sectionDesktop',
    icon: <PanelTop {...icon} />,
    words: ['desktopStay', 'desktopStayHelp', 'desktopDrop', 'desktopDropHelp', 'desktopLogin', 'desktopSendTo', 'desktopLinks', 'desktopSystem', 'desktopNotes', 'desktopNotesHelp', 'desktopNoTray'],
    content: <DesktopSection />,
  },
  {
    value: 'links',
    label: 'sectionLinks',
    icon: <Link {...icon} />,
    words: ['linksFor', 'linksOwn', 'linksFormat', 'linksVideoFormat', 'linksVideoHelp', 'linksTemplate', 'linksMany', 'linksSeparator', 'linksEncode', 'linksEncodeHelp', 'formatUrl', 'formatMarkdown', 'formatHtml', 'formatBbcode', 'formatCustom'],
    content: <LinksSection />,
  },
  {
    value: 'capture',
    label: 'sectionCapture',
    icon: <Camera {...icon} />,
    words: ['captureDelay', 'captureDelayHelp', 'captureEdit', 'captureEditHelp', 'captureRegion', 'captureWindow', 'captureScreen', 'editPixelate', 'editCrop'],
    content: <CaptureSection />,
  },
  {
    value: 'api',
    label: 'sectionApi',
    icon: <Plug {...icon} />,
    words: ['apiSwitch', 'apiSwitchHelp', 'apiPort', 'apiStrict', 'apiTokens', 'apiTokensHelp', 'apiOpen', 'apiOpenSwitch', 'apiOpenSwitchHelp', 'apiSetup', 'apiSetupTypora', 'apiSetupObsidian', 'apiSetupCode', 'apiSetupSiyuan', 'apiLog'],
    content: <LocalApiSection />,
  },
  {
    value: 'network',
    label: 'sectionNetwork',
    icon: <Network {...icon} />,
    words: ['networkProxy', 'networkProxyHelp', 'networkManual', 'networkAddress', 'networkUser', 'networkPassword'],
    content: <NetworkSection />,
  },
  {
    value: 'appearance',
    label: 'sectionAppearance',
    icon: <Palette {...icon} />,
    words: ['appearanceTheme', 'appearanceLanguage', 'themeLight', 'themeDark', 'themeContrast'],
    content: <AppearanceSection />,
  },
  {
    value: 'data',
    label: 'sectionData',
    icon: <DatabaseBackup {...icon} />,
    words: ['dataExport', 'dataExportHelp', 'dataImport', 'dataImportHelp', 'dataBackups', 'dataBackUpNow', 'exportPassphrase', 'backupRestoreButton', 'aboutData', 'aboutOpenData'],
    content: <DataSection />,
  },
  {
    value: 'about',
    label: 'sectionAbout',
    icon: <Info {...icon} />,
    words: ['aboutVersion', 'aboutRuntime', 'aboutVault'],
    content: <AboutSection />,
  },
];

/** The settings in groups; the search leaves the groups in which its words stand. */
export const SettingsScreen = () => {
  const { t } = useText();
  const { ui } = useApp();
  const chosen = useUi((state) => state.section);
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const found = sections.filter(({ label, words }) => [label, ...words].some((key) => t(key).toLowerCase().includes(wanted)));
  const shown = found.find(({ value }) => value === chosen) ?? found[0];
  return (
    <Page
      title={t('settingsTitle')}
      actions={
        <span className="relative w-64 max-w-full">
          <Search size={14} aria-hidden className="pointer-events-none absolute left-2.5 top-2.25 text-text-2" />
          <input
            type="text"
            role="searchbox"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') setSearch('');
            }}
            placeholder={t('settingsSearch')}
            aria-label={t('settingsSearch')}
            spellCheck={false}
            className={`${inputClass} !pl-8`}
          />
        </span>
      }
    >
      {shown === undefined ? (
        <EmptyState icon={<SearchX size={36} strokeWidth={1.25} />} title={t('settingsNothingFound')} />
      ) : (
        <SideTabs
          label={t('settingsSections')}
          value={shown.value}
          tabs={found.map((section) => ({ value: section.value, label: t(section.label), icon: section.icon }))}
          onChange={(section) => ui.setState({ section })}
        >
          <div className="p-4 pb-10 min-[800px]:pl-2">{shown.content}</div>
        </SideTabs>
      )}
    </Page>
  );
};
