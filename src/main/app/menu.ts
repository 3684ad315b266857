import { Menu } from 'electron';
import type { AppParts } from './app-parts';
import { menuTemplate, type MenuDeps } from './menu-template';

/** What the menu's own items do; the others are the system's. */
export type MenuActs = Pick<MenuDeps, 'command' | 'openDataFolder' | 'quit'>;

/** Sets the system's menu in the language of now. */
export const setMenu = (parts: Pick<AppParts, 'texts' | 'devTools'>, acts: MenuActs): void => {
  const texts = parts.texts();
  const template = menuTemplate({ ...acts, text: (key) => texts.t(`menu:${key}`), platform: process.platform, devTools: parts.devTools });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
};
