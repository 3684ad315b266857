import type { Settings, SettingsPatch } from '../../../shared/model/settings';
import type { SliceHandlers } from '../register';
import { windowSettings } from '../window-settings';
import type { HandlerDeps } from './handler-deps';

/** The vault's name for the password of a proxy. */
const PROXY_PASSWORD = 'proxy:password';

/** The patch without absent fields, which would otherwise overwrite what is set. */
const present = <T extends object>(patch: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> };

const applied = (settings: Settings, patch: SettingsPatch): Settings => {
  const { proxy, ...plain } = patch;
  const changed = { ...settings, ...present(plain) };
  if (proxy === undefined) return changed;
  const { password, ...shown } = proxy;
  const passwordSet = password === undefined ? settings.proxy.passwordSet : password !== '';
  return { ...changed, proxy: { ...shown, passwordSet } };
};

export const settingsHandlers = (deps: HandlerDeps): SliceHandlers<'settings'> => ({
  'settings:snapshot': async () => {
    const { settings } = await deps.services();
    return { rev: settings.rev(), settings: windowSettings(settings.current()) };
  },
  'settings:set': async (patch) => {
    const { settings, vault } = await deps.services();
    const password = patch.proxy?.password;
    // The secret first: who hears of the change finds it already there.
    if (password === '') vault.remove(PROXY_PASSWORD);
    else if (password !== undefined) vault.set(PROXY_PASSWORD, password);
    settings.update((current) => applied(current, patch));
    return undefined;
  },
});
