import { library } from './window/library';
import { settings } from './window/settings';
import { shell } from './window/shell';
import { upload } from './window/upload';

/** Texts of the namespace `window`, one file a screen. */
export const window = { ...shell, ...upload, ...library, ...settings } as const;
