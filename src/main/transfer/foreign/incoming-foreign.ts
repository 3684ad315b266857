import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { z } from 'zod';
import type { ImportSkip } from '../../../shared/model/transfer';
import type { ProviderRegistry } from '../../providers/contract';
import type { AccountLine } from '../file/lines';
import { UnreadableFile } from '../file/read-file';
import { addSkips, type Incoming } from '../incoming';
import type { ForeignFiles } from './find-files';
import { readForeignAccounts } from './read-accounts';
import { readGallery } from './read-gallery';

const unzip = promisify(gunzip);
/** A gallery of 100,000 records is about 40 MB; a file that unpacks to more than this is none. */
const MAX_GALLERY = 512 * 1024 * 1024;

const Gallery = z.looseObject({ gallery: z.array(z.unknown()) });
const SMMS = 'smms';

export type ForeignDeps = { readonly registry: ProviderRegistry; readonly now: () => number };

/** Reads what PicGo or PicList keep. Throws `UnreadableFile` when nothing in it can be read. */
export async function incomingForeign(path: string, files: ForeignFiles, { registry, now }: ForeignDeps): Promise<Incoming> {
  const config = files.config === null ? null : await readConfig(files.config, files.config === path);
  const records = files.gallery === null ? [] : await readRecords(files.gallery, files.gallery === path);
  if (config === null && records === null) throw new UnreadableFile('importDamaged');
  const read = readForeignAccounts(config, registry, now());
  const ofType = new Map(read.ofType);
  const accounts: AccountLine[] = [...read.accounts];
  const types = new Set((records ?? []).map((record) => z.looseObject({ type: z.string() }).safeParse(record).data?.type));
  // Its uploads need no settings to be known as its own.
  if (types.has(SMMS) && !ofType.has(SMMS)) {
    const [account] = readForeignAccounts({ picBed: { smms: {} } }, registry, now()).accounts;
    if (account !== undefined) {
      ofType.set(SMMS, account);
      accounts.push(account);
    }
  }
  const gallery = await readGallery(records ?? [], ofType, now());
  const damaged: readonly ImportSkip[] = records === null ? [{ what: 'upload', name: basename(files.gallery ?? ''), why: 'damaged', count: 1 }] : [];
  return {
    source: files.source,
    file: basename(path),
    secrets: accounts.some(({ secrets }) => Object.keys(secrets).length > 0) ? 'open' : 'none',
    accounts,
    albums: [],
    settings: null,
    skipped: addSkips([...read.skipped, ...damaged, ...gallery.skipped]),
    async *uploads() {
      for (let at = 0; at < gallery.uploads.length; at += 500) {
        yield gallery.uploads.slice(at, at + 500);
        await Promise.resolve();
      }
    },
    close: () => Promise.resolve(),
  };
}

/** The settings, when they are such; a file beside the chosen one may be anything. */
async function readConfig(path: string, chosen: boolean): Promise<unknown> {
  const value = parsed(await readFile(path, 'utf8'));
  const known = z.looseObject({ picBed: z.looseObject({}) }).safeParse(value).success || z.looseObject({ uploader: z.looseObject({}) }).safeParse(value).success;
  if (known) return value;
  if (chosen) throw new UnreadableFile(value === undefined ? 'importDamaged' : 'importNotKnown');
  return null;
}

/** The gallery's records; null when it is damaged and not what was chosen. */
async function readRecords(path: string, chosen: boolean): Promise<readonly unknown[] | null> {
  const bytes = await readFile(path);
  if (bytes.byteLength === 0) return [];
  try {
    const value = Gallery.parse(parsed((await unzip(bytes, { maxOutputLength: MAX_GALLERY })).toString('utf8')));
    return value.gallery;
  } catch {
    if (chosen) throw new UnreadableFile('importDamaged');
    return null;
  }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
};
