import type { BrowserWindow } from 'electron';

/** What a window beside the main one is there for; it may make the calls of that and no others. */
export type SideRole = 'capture' | 'drop';

/** Our windows beside the main one, from their creation to their end. */
export interface SideWindows {
  add(window: BrowserWindow, role: SideRole): void;
  /** Null for the main window and for windows that are not ours. */
  roleOf(contentsId: number): SideRole | null;
}

export const createSideWindows = (): SideWindows => {
  const roles = new Map<number, SideRole>();
  return {
    add(window, role) {
      // The contents are gone when the window says that it is closed.
      const { id } = window.webContents;
      roles.set(id, role);
      window.once('closed', () => roles.delete(id));
    },
    roleOf: (id) => roles.get(id) ?? null,
  };
};
