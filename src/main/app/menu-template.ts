import type { MenuItemConstructorOptions } from 'electron';

export type MenuCommand = 'choose-files' | 'paste' | 'show-settings' | 'show-keys' | 'show-uploads' | 'show-sync';

export type MenuDeps = {
  /** A text of the `menu` translations. */
  readonly text: (key: string) => string;
  readonly platform: string;
  readonly devTools: boolean;
  readonly command: (command: MenuCommand) => void;
  readonly openDataFolder: () => void;
  readonly quit: () => void;
};

const separator: MenuItemConstructorOptions = { type: 'separator' };

/** The system's menu. Reloading is not in it: the page is never a document that needs it. */
export const menuTemplate = ({ text, platform, devTools, command, openDataFolder, quit }: MenuDeps): MenuItemConstructorOptions[] => {
  const role = (name: NonNullable<MenuItemConstructorOptions['role']>, key: string): MenuItemConstructorOptions => ({ role: name, label: text(key) });
  const settings: MenuItemConstructorOptions = { label: text('settings'), accelerator: 'CmdOrCtrl+,', click: () => command('show-settings') };
  const leave: MenuItemConstructorOptions = { label: text('quit'), accelerator: 'CmdOrCtrl+Q', click: quit };
  const mac = platform === 'darwin';
  return [
    ...(mac ? [{ role: 'appMenu' as const, submenu: [settings, separator, { role: 'hide' as const }, separator, leave] }] : []),
    {
      label: text('file'),
      submenu: [
        { label: text('chooseFiles'), accelerator: 'CmdOrCtrl+O', click: () => command('choose-files') },
        { label: text('paste'), accelerator: 'CmdOrCtrl+Shift+V', click: () => command('paste') },
        ...(mac ? [] : [separator, settings, separator, leave]),
      ],
    },
    {
      label: text('edit'),
      submenu: [
        role('undo', 'undo'),
        role('redo', 'redo'),
        separator,
        role('cut', 'cut'),
        role('copy', 'copy'),
        role('paste', 'pasteText'),
        role('selectAll', 'selectAll'),
      ],
    },
    {
      label: text('view'),
      submenu: [
        role('zoomIn', 'zoomIn'),
        role('zoomOut', 'zoomOut'),
        role('resetZoom', 'zoomReset'),
        separator,
        role('togglefullscreen', 'fullScreen'),
        ...(devTools ? [separator, role('toggleDevTools', 'devTools')] : []),
      ],
    },
    {
      label: text('help'),
      submenu: [
        { label: text('keys'), click: () => command('show-keys') },
        { label: text('openDataFolder'), click: openDataFolder },
      ],
    },
  ];
};
