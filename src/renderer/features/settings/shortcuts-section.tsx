import type { LinkFormat, Shortcut, ShortcutName, Shortcuts } from '../../../shared/model/settings';
import type { ShortcutState } from '../../../shared/model/shortcut-state';
import { formatNames } from '../../stores/format-names';
import { useText, type TextKey } from '../../stores/text';
import { profileOptions } from '../../stores/profile-words';
import { useAccounts, useApp, useSettings } from '../../stores/use-app';
import { useShortcutStates } from '../../stores/use-desktop';
import { Select } from '../../ui/select';
import { SettingsGroup } from './settings-group';
import { ShortcutKey } from './shortcut-key';
import { useChange } from './use-change';

const names: readonly { readonly name: ShortcutName; readonly label: TextKey; readonly uploads: boolean }[] = [
  { name: 'uploadClipboard', label: 'shortcutUploadClipboard', uploads: true },
  { name: 'captureRegion', label: 'shortcutCaptureRegion', uploads: true },
  { name: 'captureWindow', label: 'shortcutCaptureWindow', uploads: true },
  { name: 'captureScreen', label: 'shortcutCaptureScreen', uploads: true },
  { name: 'openWindow', label: 'shortcutOpenWindow', uploads: false },
];

export const shortcutLabel = (wanted: ShortcutName): TextKey => names.find(({ name }) => name === wanted)?.label ?? 'shortcutOpenWindow';

const NONE = '';
const formats: readonly LinkFormat[] = ['url', 'markdown', 'html', 'bbcode', 'custom'];

type TargetProps = { readonly label: string; readonly shortcut: Shortcut; readonly onChange: (part: Partial<Shortcut>) => void };

/** Where a key's uploads go, how their links look and how their pictures are made ready; the account's own ways unless told. */
const Target = ({ label, shortcut, onChange }: TargetProps) => {
  const text = useText();
  const { t, account } = text;
  const accounts = useAccounts();
  const profiles = profileOptions(useSettings((settings) => settings.preparation), text);
  const known = accounts.some(({ id }) => id === shortcut.accountId);
  return (
    <div className="flex flex-wrap gap-2">
      <Select
        className="max-w-full"
        look="quiet"
        label={t('shortcutAccountOf', { name: label })}
        lead={<span className="text-small">{t('shortcutAccount')}</span>}
        value={known && shortcut.accountId !== null ? shortcut.accountId : NONE}
        options={[{ value: NONE, label: t('shortcutDefaultAccount') }, ...accounts.map(({ id, name }) => ({ value: id, label: account(name) }))]}
        onChange={(id) => onChange({ accountId: id === NONE ? null : id })}
      />
      <Select<LinkFormat | ''>
        className="max-w-full"
        look="quiet"
        label={t('shortcutFormatOf', { name: label })}
        lead={<span className="text-small">{t('shortcutFormat')}</span>}
        value={shortcut.format ?? NONE}
        options={[{ value: NONE, label: t('shortcutDefaultFormat') }, ...formats.map((format) => ({ value: format, label: t(formatNames[format]) }))]}
        onChange={(format) => onChange({ format: format === NONE ? null : format })}
      />
      <Select
        className="max-w-full"
        look="quiet"
        label={t('shortcutProfileOf', { name: label })}
        lead={<span className="text-small">{t('shortcutProfile')}</span>}
        value={profiles.find(({ value }) => value === shortcut.profile)?.value ?? NONE}
        options={[{ value: NONE, label: t('shortcutDefaultProfile') }, ...profiles]}
        onChange={(profile) => onChange({ profile: profile === NONE ? null : profile })}
      />
    </div>
  );
};

export const ShortcutsSection = () => {
  const { t } = useText();
  const change = useChange();
  const shortcuts = useSettings((all) => all.shortcuts);
  const states = useShortcutStates();
  const mac = useApp().info.platform === 'darwin';
  const set = (name: ShortcutName, part: Partial<Shortcut>): void => {
    const next: Shortcuts = { ...shortcuts, [name]: { ...shortcuts[name], ...part } };
    void change({ shortcuts: next });
  };
  const stateOf = (wanted: ShortcutName): ShortcutState | null => states?.find(({ name }) => name === wanted) ?? null;
  return (
    <SettingsGroup title={t('sectionShortcuts')} help={t('shortcutsIntro')}>
      {names.map(({ name, label, uploads }) => (
        <section key={name} aria-label={t(label)} className="flex flex-col gap-1.5 border-b border-line pb-3 last:border-b-0">
          <h3 className="font-medium">{t(label)}</h3>
          <ShortcutKey
            name={name}
            label={t(label)}
            accelerator={shortcuts[name].accelerator}
            state={stateOf(name)}
            others={shortcuts}
            labelOf={(other) => t(shortcutLabel(other))}
            mac={mac}
            onChange={(accelerator) => set(name, { accelerator })}
          />
          {uploads && shortcuts[name].accelerator !== null ? <Target label={t(label)} shortcut={shortcuts[name]} onChange={(part) => set(name, part)} /> : null}
        </section>
      ))}
    </SettingsGroup>
  );
};
