import type { WindowSettings } from '../../shared/ipc/contract';
import type { Settings } from '../../shared/model/settings';

/** Settings without what the window gets elsewhere (accounts) or has no use for (its own place). */
export const windowSettings = (settings: Settings): WindowSettings => {
  const { accounts: _accounts, window: _window, ...rest } = settings;
  return rest;
};
