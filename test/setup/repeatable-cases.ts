/**
 * Vitest setup: property tests try the same cases each time, so that what `npm test` says is about the change and not
 * about the day. `npm run test:long` tries new ones, and more of them.
 */
import fc from 'fast-check';

if (process.env['PICFERRY_LONG'] !== '1') fc.configureGlobal({ seed: 20_261_129 });
