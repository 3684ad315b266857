import { config } from 'zod';

/** zod probes for `new Function` unless told not to; the page's policy forbids it and would report each try. Imported first. */
config({ jitless: true });
