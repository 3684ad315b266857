import { useText } from '../../stores/text';
import { useApp } from '../../stores/use-app';
import { SettingsGroup } from './settings-group';

const Line = ({ label, value }: { readonly label: string; readonly value: string }) => (
  <div className="flex flex-wrap gap-x-3">
    <dt className="w-32 shrink-0 text-text-2">{label}</dt>
    <dd className="said min-w-0 flex-1 select-text">{value}</dd>
  </div>
);

const vaultTexts = { keychain: 'aboutVaultKeychain', 'key-file': 'aboutVaultFile', locked: 'aboutVaultLocked' } as const;

export const AboutSection = () => {
  const { t } = useText();
  const { info } = useApp();
  return (
    <>
      <SettingsGroup title={t('aboutVault')}>
        <p className="said">{t(vaultTexts[info.vault])}</p>
      </SettingsGroup>
      <SettingsGroup title={t('appName')}>
        <dl className="flex flex-col gap-1">
          <Line label={t('aboutVersion')} value={info.version} />
          <Line label={t('aboutData')} value={info.dataFolder} />
          <Line label={t('aboutRuntime')} value={`Electron ${info.electron}, Chrome ${info.chrome}, Node ${info.node}`} />
        </dl>
        {info.runtimeNote === null ? null : <p className="said text-text-2">{info.runtimeNote}</p>}
      </SettingsGroup>
    </>
  );
};
