import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { codeOf, writeFileAtomic } from '../../lib/atomic-file';

/** The longest path that a Unix socket may have on every system we run on (sun_path: 108 on Linux, 104 on macOS, with the closing zero). */
const LONGEST = 103;
/** Says where the owner listens: environments differ (a desktop session has a runtime folder, cron has none). */
const NOTE = 'owner.address';

const PREFIX = 'picferry-';

/** Where the private folder of the sockets may lie, the best place first. */
const bases = (): readonly string[] => [...new Set([process.env['XDG_RUNTIME_DIR'] ?? '', tmpdir(), '/tmp'])].filter((base) => base !== '');

/** An address to listen on: a socket named after the folder, in a place that only this person can enter. */
export function newSocketAddress(folder: string, platform: string = process.platform): string {
  const name = `${PREFIX}${createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 24)}`;
  if (platform === 'win32') return `\\\\.\\pipe\\${name}`;
  for (const base of bases()) {
    const place = privateFolder(base);
    if (place !== null && Buffer.byteLength(join(place, `${name}.sock`)) <= LONGEST) return join(place, `${name}.sock`);
  }
  throw new Error('no private folder for a local socket could be made');
}

/** A folder in `base` that belongs to this person and that nobody else can enter; null when there is none. */
function privateFolder(base: string): string | null {
  const uid = process.getuid?.() ?? 0;
  const folder = join(base, `picferry-${uid}`);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') return null;
  }
  return isPrivate(folder) ? folder : null;
}

function isPrivate(folder: string): boolean {
  const uid = process.getuid?.() ?? 0;
  try {
    const facts = lstatSync(folder);
    return facts.isDirectory() && facts.uid === uid && (facts.mode & 0o077) === 0;
  } catch {
    return false;
  }
}

/** The sockets of this person's Picferrys, also of those that died. None on Windows, where anybody's pipes are in one list. */
export function listeningAddresses(platform: string = process.platform): readonly string[] {
  if (platform === 'win32') return [];
  return bases().flatMap((base) => {
    const folder = join(base, `${PREFIX}${process.getuid?.() ?? 0}`);
    if (!isPrivate(folder)) return [];
    return readdirSync(folder).flatMap((name) => (name.startsWith(PREFIX) && name.endsWith('.sock') ? [join(folder, name)] : []));
  });
}

/** Writes down where the owner of this folder listens. */
export const noteAddress = (store: string, address: string): void => writeFileAtomic(join(store, NOTE), address);

/** Where the owner of this folder listens; null while there is no note. */
export function readAddress(store: string): string | null {
  try {
    const address = readFileSync(join(store, NOTE), 'utf8').trim();
    return address === '' ? null : address;
  } catch {
    return null;
  }
}
