import type { window as english } from '../en/window';
import { library } from './window/library';
import { settings } from './window/settings';
import { shell } from './window/shell';
import { upload } from './window/upload';

export const window: Record<keyof typeof english, string> = { ...shell, ...upload, ...library, ...settings };
