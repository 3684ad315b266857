import type { desktop as english } from '../en/desktop';
import { notifications } from './desktop/notifications';
import { tray } from './desktop/tray';
import { watchers } from './desktop/watchers';

export const desktop: Record<keyof typeof english, string> = { ...tray, ...watchers, ...notifications };
