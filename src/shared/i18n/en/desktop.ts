import { notifications } from './desktop/notifications';
import { tray } from './desktop/tray';
import { watchers } from './desktop/watchers';

/** Texts of what works without the window: tray, dialogs and notifications of the system. One file a part. */
export const desktop = { ...tray, ...watchers, ...notifications } as const;
