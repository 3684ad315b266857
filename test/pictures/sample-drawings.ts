import { gzipSync } from 'node:zlib';
import type { Sample } from './sample-pictures';

const DIRTY = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="20" height="10" fill="#2040c0"/><script>alert(1)</script><text>é</text></svg>';
const LONG = `<!--${' words'.repeat(20_000)}-->`;
const prefixed = (prefix: string): string => DIRTY.replace('xmlns=', `xmlns:${prefix}=`).replace(/<(\/?)(?=\w)/g, `<$1${prefix}:`);
const declared = (encoding: string): string => `<?xml version="1.0" encoding="${encoding}"?>${DIRTY}`;

/** Drawings with a script, each in a way that not every reader of SVG knows, and browsers do. */
export const unusualDrawings = (): readonly Sample[] => [
  { name: 'one behind a long comment', bytes: Buffer.from(`${LONG}${DIRTY}`) },
  { name: 'one behind a declaration and a long comment', bytes: Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${LONG}${DIRTY}`) },
  { name: 'one with a prefix', bytes: Buffer.from(prefixed('svg')) },
  { name: 'one with a prefix of its own', bytes: Buffer.from(prefixed('s')) },
  { name: 'one in UTF-16', bytes: Buffer.from(`\ufeff${DIRTY}`, 'utf16le') },
  { name: 'one in the other UTF-16', bytes: Buffer.from(`\ufeff${declared('UTF-16')}`, 'utf16le').swap16() },
  { name: 'one in UTF-16 without a mark', bytes: Buffer.from(declared('UTF-16'), 'utf16le') },
  { name: 'one in Latin-1', bytes: Buffer.from(declared('ISO-8859-1'), 'latin1') },
  { name: 'one in Latin-1 that says nothing, behind a long comment', bytes: Buffer.from(`${LONG}${DIRTY}`, 'latin1') },
  { name: 'a compressed one', bytes: gzipSync(DIRTY) },
  { name: 'a compressed one, behind a long comment, in UTF-16', bytes: gzipSync(Buffer.from(`\ufeff${LONG}${DIRTY}`, 'utf16le')) },
];
