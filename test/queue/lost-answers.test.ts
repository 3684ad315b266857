import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Services } from '../../src/main/services';
import type { BatchResult } from '../../src/shared/model/job';
import { startTestHost, type TestHost } from '../host/test-host';
import { callOf, makeProvider, sourceOf, testHttp } from '../providers/fixture';
import { openTestServices, testAccount } from '../world/test-services';
import { png } from './queue-world';

let folder = '';
let host: TestHost;
let services: Services;
let accountId = '';
beforeEach(async () => {
  vi.stubEnv('PICFERRY_KEYCHAIN', 'off');
  folder = mkdtempSync(join(tmpdir(), 'picferry-lost-'));
  host = await startTestHost();
  services = await openTestServices(folder);
  accountId = testAccount(services, host.urls.wizs, host.keys.wizs).id;
});
afterEach(async () => {
  await services.close();
  await host.stop();
  rmSync(folder, { recursive: true, force: true });
  vi.unstubAllEnvs();
});

let folders = 0;
/** A picture of its own bytes; all have one name and one size. */
const picture = (): Buffer => png(randomBytes(50_000));
const upload = async (bytes: Buffer): Promise<BatchResult | undefined> => {
  const path = join(folder, `${(folders += 1)}`, 'same.png');
  mkdirSync(join(path, '..'));
  writeFileSync(path, bytes);
  const batch = services.queue.add([{ type: 'file', path }], { accountId, albumId: null, force: false, origin: 'window' });
  return (await batch.finished)[0];
};
/** As another device does. */
const uploadElsewhere = async (bytes: Buffer): Promise<void> => {
  const http = testHttp();
  const definition = services.providers.definition('wizs');
  await makeProvider({ definition, url: host.urls.wizs, secrets: { key: host.keys.wizs }, http }).upload(sourceOf(bytes, 'same.png'), callOf());
  http.close();
};
const settle = (result: BatchResult | undefined): Promise<string> => services.queue.settle(result?.jobId ?? '', new AbortController().signal);
const behind = async (url: string | null | undefined): Promise<Buffer> => Buffer.from(await (await fetch(url ?? '')).arrayBuffer());

describe('an upload whose answer was lost, among others of the same name and size', () => {
  beforeEach(async () => {
    await uploadElsewhere(picture());
    expect((await upload(picture()))?.state).toBe('done');
  });

  it('gets the link of its own bytes when they arrived', async () => {
    host.control.failNext({ dialect: 'wizs', call: 'upload', cut: true });
    const bytes = picture();
    const result = await upload(bytes);
    expect(result).toMatchObject({ state: 'done', duplicate: false });
    expect((await behind(result?.url)).equals(bytes)).toBe(true);
  });

  it('gets none of theirs when its bytes never arrived', async () => {
    host.control.failNext({ dialect: 'wizs', call: 'upload', resetAfterBytes: 30_000 });
    const result = await upload(picture());
    expect(result).toMatchObject({ state: 'unknown', url: null });
    await uploadElsewhere(picture());
    expect(await settle(result)).toBe('not_found');
    expect(services.queue.snapshot().jobs.find(({ id }) => id === result?.jobId)).toMatchObject({ state: 'failed', url: null });
  });

  it('stays unknown while what the list shows cannot be fetched', async () => {
    host.control.failNext({ dialect: 'wizs', call: 'upload', resetAfterBytes: 30_000 });
    host.control.failNext({ dialect: 'wizs', call: 'file', status: 503 });
    const result = await upload(picture());
    expect(result?.state).toBe('unknown');
    host.control.failNext({ dialect: 'wizs', call: 'file', status: 503 });
    expect(await settle(result)).toBe('cannot_tell');
    expect(await settle(result)).toBe('not_found');
  });
});
