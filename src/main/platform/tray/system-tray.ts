import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Menu, nativeImage, Tray, type MenuItemConstructorOptions, type NativeImage } from 'electron';
import { assertNever } from '../../../shared/assert-never';
import type { TrayActs, TrayIcon, TrayItem, TrayPort } from '../../tray';

export type SystemTrayDeps = {
  /** The folder of the icons: `coloured` and `template`, each in 16 and 32 pixels. */
  readonly icons: string;
  readonly platform: string;
  readonly onFault: (error: unknown) => void;
};

const iconReader = ({ icons, platform }: SystemTrayDeps): ((icon: TrayIcon) => NativeImage) => {
  const read = new Map<TrayIcon, NativeImage>();
  const set = join(icons, platform === 'darwin' ? 'template' : 'coloured');
  const make = (icon: TrayIcon): NativeImage => {
    const file = (size: number): Buffer => readFileSync(join(set, `${icon}-${String(size)}.png`));
    // A Linux panel scales what it is given to its own height, and takes the first size only.
    if (platform === 'linux') return nativeImage.createFromBuffer(file(32));
    const image = nativeImage.createFromBuffer(file(16));
    image.addRepresentation({ scaleFactor: 2, buffer: file(32) });
    if (platform === 'darwin') image.setTemplateImage(true);
    return image;
  };
  return (icon) => {
    const image = read.get(icon) ?? make(icon);
    read.set(icon, image);
    return image;
  };
};

const MENUS_KEPT = 3;

/** Menu pictures are 32 pixels wide; where menus draw pixels as they are, that is 16 points on a dense screen. */
const menuPicture = (path: string, platform: string): NativeImage =>
  nativeImage.createFromBuffer(readFileSync(path), { scaleFactor: platform === 'linux' ? 1 : 2 });

/** Windows and Linux take an ampersand for the mark of a key. */
const plainLabel = (label: string, platform: string): string => (platform === 'darwin' ? label : label.replaceAll('&', '&&'));

const menuItem = (item: TrayItem, deps: SystemTrayDeps): MenuItemConstructorOptions => {
  const label = (text: string): string => plainLabel(text, deps.platform);
  switch (item.type) {
    case 'line':
      return { type: 'separator' };
    case 'words':
      return { label: label(item.label), enabled: false };
    case 'act':
      return {
        label: label(item.label),
        enabled: item.enabled,
        click: item.act,
        ...(item.picture === null ? {} : { icon: menuPicture(item.picture, deps.platform) }),
      };
    case 'check':
      return { type: 'checkbox', label: label(item.label), checked: item.checked, click: item.act };
    case 'choice':
      return { type: 'radio', label: label(item.label), checked: item.checked, click: item.act };
    case 'menu':
      return { label: label(item.label), submenu: item.items.map((one) => menuItem(one, deps)) };
    default:
      return assertNever(item);
  }
};

/**
 * An icon in the system's tray; only after Electron is ready. Menu and click are both set, since desktops differ in which
 * of them a press gives, and the icon lives as long as this object is referenced.
 */
export const systemTray = (deps: SystemTrayDeps): ((acts: TrayActs) => TrayPort) => {
  const icon = iconReader(deps);
  // On Linux a panel may still read a menu that was replaced a moment ago, or whose icon is gone: none of the last may be collected.
  let lately: readonly Menu[] = [];
  return ({ onClick, onDrop }) => {
    const tray = new Tray(icon('idle'));
    let shown: TrayIcon = 'idle';
    let tooltip = '';
    // macOS opens the menu on a press.
    if (deps.platform !== 'darwin') tray.on('click', onClick);
    tray.on('drop-files', (_event, paths) => onDrop(paths));
    return {
      setLook: (look) => {
        if (look.icon !== shown) tray.setImage(icon(look.icon));
        if (look.tooltip !== tooltip) tray.setToolTip(look.tooltip);
        shown = look.icon;
        tooltip = look.tooltip;
      },
      setMenu: (items) => {
        try {
          const menu = Menu.buildFromTemplate(items.map((item) => menuItem(item, deps)));
          lately = [menu, ...lately].slice(0, MENUS_KEPT);
          tray.setContextMenu(menu);
        } catch (error) {
          deps.onFault(error);
        }
      },
      close: () => tray.destroy(),
    };
  };
};
