import { FolderPlus, X } from 'lucide-react';
import type { LocalApiSettings } from '../../../shared/model/settings';
import { useText } from '../../stores/text';
import { useCall } from '../../stores/use-actions';
import { useSettings } from '../../stores/use-app';
import { Button, IconButton } from '../../ui/button';
import { Switch } from '../../ui/field';
import { SettingsGroup } from './settings-group';
import { useChange } from './use-change';

/** The compatibility switch for programs that cannot send a token, with the folders that bound it. */
export const ApiOpenGroup = () => {
  const { t } = useText();
  const change = useChange();
  const call = useCall();
  const api = useSettings((all) => all.localApi);
  const { on, folders } = api.withoutToken;
  const set = (part: Partial<LocalApiSettings['withoutToken']>): void => void change({ localApi: { ...api, withoutToken: { ...api.withoutToken, ...part } } });
  const add = async (): Promise<void> => {
    const chosen = await call('api:choose-folder', undefined);
    if (chosen === undefined || chosen.path === null || folders.includes(chosen.path)) return;
    set({ folders: [...folders, chosen.path] });
  };
  return (
    <SettingsGroup title={t('apiOpen')}>
      <Switch label={t('apiOpenSwitch')} help={t('apiOpenSwitchHelp')} checked={on} onChange={(next) => set({ on: next })} />
      {on ? (
        <>
          {folders.length === 0 ? (
            <p className="said text-text-2">{t('apiOpenNone')}</p>
          ) : (
            <ul aria-label={t('apiOpenList')} className="rounded-m border border-line bg-surface">
              {folders.map((folder) => (
                <li key={folder} className="flex items-center gap-2 border-t border-line py-1 pl-3 pr-1 first:border-t-0">
                  <span className="said min-w-0 flex-1 select-text">{folder}</span>
                  <IconButton size="s" label={t('apiOpenRemove', { folder })} onClick={() => set({ folders: folders.filter((one) => one !== folder) })}>
                    <X size={14} aria-hidden />
                  </IconButton>
                </li>
              ))}
            </ul>
          )}
          <div>
            <Button icon={<FolderPlus size={16} aria-hidden />} onClick={() => void add()}>
              {t('apiOpenAdd')}
            </Button>
          </div>
        </>
      ) : null}
    </SettingsGroup>
  );
};
