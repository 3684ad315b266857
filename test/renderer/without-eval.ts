import { config } from 'zod';

/** zod probes for `new Function` unless told not to; the page's policy forbids it and would report each try. The fake bridge has schemas, the page has none. Imported first. */
config({ jitless: true });
