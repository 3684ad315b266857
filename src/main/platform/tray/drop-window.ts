import { BrowserWindow, screen } from 'electron';
import type { DropLook } from '../../../shared/model/drop-window';
import { lockedDown } from '../../locked-down';
import type { SideWindows } from '../side-windows';

export type DropWindowDeps = {
  readonly origin: string;
  readonly preload: string;
  readonly icon: string;
  readonly devTools: boolean;
  readonly sideWindows: SideWindows;
};

const SIZE = { width: 148, height: 148 } as const;
const FROM_EDGE = 24;

/** The drop window, while `show` has been given a look; as locked down as the main one, and never with the focus by itself. */
export interface DropWindowPort {
  /** Opens it, or draws it anew; null closes it. */
  show(look: DropLook | null): void;
}

const place = (): { readonly x: number; readonly y: number } => {
  const { x, y, width, height } = screen.getPrimaryDisplay().workArea;
  return { x: x + width - SIZE.width - FROM_EDGE, y: y + height - SIZE.height - FROM_EDGE };
};

export const dropWindow = (deps: DropWindowDeps): DropWindowPort => {
  let window: BrowserWindow | null = null;
  const open = (): BrowserWindow => {
    const made = new BrowserWindow({
      ...SIZE,
      ...place(),
      show: false,
      frame: false,
      resizable: false,
      minimizable: false,
      maximizable: false,
      fullscreenable: false,
      skipTaskbar: true,
      alwaysOnTop: true,
      title: 'Picferry',
      icon: deps.icon,
      webPreferences: lockedDown(deps),
    });
    deps.sideWindows.add(made, 'drop');
    made.setAlwaysOnTop(true, 'floating');
    made.once('ready-to-show', () => made.showInactive());
    made.once('closed', () => {
      if (window === made) window = null;
    });
    return made;
  };
  return {
    show: (look) => {
      if (look === null) {
        window?.destroy();
        window = null;
        return;
      }
      window ??= open();
      void window.loadURL(`${deps.origin}/drop/drop.html?${String(Date.now())}#${encodeURIComponent(JSON.stringify(look))}`);
    },
  };
};
