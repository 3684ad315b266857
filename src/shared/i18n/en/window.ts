import { albums } from './window/albums';
import { api } from './window/api';
import { capture } from './window/capture';
import { data } from './window/data';
import { desktop } from './window/desktop';
import { library } from './window/library';
import { links } from './window/links';
import { operations } from './window/operations';
import { preparation } from './window/preparation';
import { resolver } from './window/resolver';
import { settings } from './window/settings';
import { shell } from './window/shell';
import { shortcuts } from './window/shortcuts';
import { sync } from './window/sync';
import { upload } from './window/upload';

/** Texts of the namespace `window`, one file a screen. */
export const window = { ...shell, ...upload, ...library, ...albums, ...operations, ...settings, ...preparation, ...links, ...data, ...capture, ...shortcuts, ...api, ...desktop, ...sync, ...resolver } as const;
