import { app, Menu, shell } from 'electron';
import type { AppParts } from './app-parts';
import { menuTemplate, type MenuCommand } from './menu-template';

/** Sets the system's menu in the language of now. */
export const setMenu = (parts: Pick<AppParts, 'texts' | 'devTools' | 'folder'>, command: (command: MenuCommand) => void): void => {
  const texts = parts.texts();
  const template = menuTemplate({
    text: (key) => texts.t(`menu:${key}`),
    platform: process.platform,
    devTools: parts.devTools,
    command,
    openDataFolder: () => void shell.openPath(parts.folder.path),
    quit: () => app.quit(),
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
};
