import { api } from './api';
import { cli } from './cli';
import { desktop } from './desktop';
import { menu } from './menu';
import { notices } from './notices';
import { problems } from './problems';
import { window } from './window';

const all = { problems, notices, cli, api, menu, desktop, window } as const;

/** Every Chinese text by namespace; the same keys as the English ones by type. The build puts them in as one string, which only the language in use is read from; see electron.vite.config.ts. */
export const texts = (): typeof all => all;
