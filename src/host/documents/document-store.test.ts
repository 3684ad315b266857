import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openHostDatabase } from '../host-database';
import { DocumentStore } from './document-store';

const MEGABYTE = 1024 * 1024;
const VERSIONS = 20;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-host-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What `work` does with the store of a host that has just been started. */
const inStore = <T>(work: (store: DocumentStore) => T): T => {
  const db = openHostDatabase(folder, { durable: false });
  try {
    return work(new DocumentStore(db));
  } finally {
    db.close();
  }
};

/** The bytes that this process read while `work` ran. */
const bytesReadBy = (work: () => void): number => {
  const read = (): number => Number(/^rchar: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]);
  const before = read();
  work();
  return read() - before;
};

test('the versions of a large document are listed without reading one of them', () => {
  inStore((store) => {
    const content = JSON.stringify('x'.repeat(MEGABYTE));
    for (let version = 1; version <= VERSIONS; version += 1) store.put('doc', { version, content, hash: `h${String(version)}`, parentHash: null, deviceId: 'd', message: `note ${String(version)}`, createdAt: version });
  });
  inStore((store) => {
    const listed = bytesReadBy(() => expect([store.newest('doc'), store.page('doc', VERSIONS, 1, 100).length]).toEqual([VERSIONS, VERSIONS]));
    expect(listed).toBeLessThan(MEGABYTE / 2);
    expect(bytesReadBy(() => expect(store.from('doc', 1)).toHaveLength(VERSIONS))).toBeGreaterThan(VERSIONS * MEGABYTE);
  });
});
