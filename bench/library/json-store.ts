import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as PicGoStore from '@picgo/store';
import { z } from 'zod';
import type { NewUpload } from '../../src/main/library';
import type { Asked, StoreUnderTest } from './store-under-test';

const { DBStore } = createRequire(import.meta.url)('@picgo/store') as typeof PicGoStore;

const FIRST_SCREEN = 100;

const Entry = z.object({
  name: z.string(),
  url: z.string().nullable(),
  storedName: z.string().nullable(),
  accountId: z.string(),
  accountName: z.string(),
  albumId: z.string().nullable(),
  kind: z.string(),
  remoteState: z.string(),
  bytes: z.number(),
  uploadedAt: z.number(),
  tags: z.array(z.string()),
  note: z.string(),
});
type Entry = z.infer<typeof Entry>;

/** The same records in PicGo's own gallery store: one gzipped JSON file, in memory while open, written whole for every insert. */
export function jsonStore(folder: string): StoreUnderTest {
  let store = new DBStore(join(folder, 'gallery.db'), 'gallery');
  // Its records carry no types; they are what `seed` wrote.
  const all = async (): Promise<readonly Entry[]> => (await store.get()).data as unknown as readonly Entry[];
  return {
    async seed(uploads) {
      await store.insertMany([...uploads].map(plain));
    },
    async open() {
      store = new DBStore(join(folder, 'gallery.db'), 'gallery');
      const { total, data } = await store.get({ orderBy: 'desc', limit: FIRST_SCREEN });
      data.forEach((entry) => Entry.parse(entry));
      return total;
    },
    settle: () => Promise.resolve(),
    async insert(upload) {
      await store.insert(plain(upload));
    },
    async view(asked) {
      const found = (await all()).filter(filterOf(asked));
      const { by, direction } = asked.sort;
      const sign = direction === 'asc' ? 1 : -1;
      found.sort((a, b) => sign * (by === 'name' ? compare(a.name, b.name) : by === 'size' ? a.bytes - b.bytes : a.uploadedAt - b.uploadedAt));
      return found.slice(0, FIRST_SCREEN).length;
    },
    close: () => undefined,
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const plain = (upload: NewUpload): Record<string, unknown> => ({ ...upload, tags: upload.tags ?? [], note: upload.note ?? '' });

function filterOf({ filter }: Asked): (entry: Entry) => boolean {
  const words = (filter.search ?? '').toLowerCase().split(/\s+/).filter((word) => word !== '');
  return (entry) => {
    if (filter.accountId != null && entry.accountId !== filter.accountId) return false;
    if (filter.kind != null && entry.kind !== filter.kind) return false;
    if (filter.state != null && entry.remoteState !== filter.state) return false;
    if (filter.tag != null && !entry.tags.includes(filter.tag)) return false;
    if (filter.from != null && entry.uploadedAt < filter.from) return false;
    if (filter.before != null && entry.uploadedAt >= filter.before) return false;
    const texts = [entry.name, entry.url ?? '', entry.storedName ?? '', entry.accountName, entry.albumId ?? '', entry.note, ...entry.tags];
    return words.every((word) => texts.some((text) => text.toLowerCase().includes(word)));
  };
}
