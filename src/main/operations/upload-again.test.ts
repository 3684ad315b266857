import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startTestHost, type TestHost } from '../../../test/host/test-host';
import { createOperationsWorld, type OperationsWorld } from '../../../test/operations/operations-world';
import { png } from '../../../test/host/pictures';
import { EVERYTHING } from '../../shared/model/library-defaults';
import type { Upload } from '../../shared/model/upload';
import { isMadeFrom } from '../preparation';
import { createUploadAgain, type AgainRequest } from './upload-again';

let host: TestHost;
let world: OperationsWorld;
beforeAll(async () => {
  vi.stubEnv('PICFERRY_KEYCHAIN', 'off');
  host = await startTestHost();
});
afterAll(async () => {
  await host.stop();
  vi.unstubAllEnvs();
});
beforeEach(async () => {
  await host.control.reset();
  world = await createOperationsWorld(host);
});
afterEach(() => world.close());

const never = new AbortController().signal;
const again = async (ids: readonly string[], request: Partial<AgainRequest> = {}) => {
  const { services } = world;
  const result = await createUploadAgain({ ...services, isMadeFrom, now: Date.now })({ selection: { ids }, accountId: null, repair: false, fetch: false, ...request }, never);
  await services.queue.idle();
  return result;
};
const sourceOf = ({ id }: Upload): string => world.services.library.sourcePath(id) ?? '';
const jobs = (ids: readonly string[]) => world.services.queue.snapshot().jobs.filter(({ id }) => ids.includes(id));
const all = (): readonly Upload[] => world.services.library.rows(EVERYTHING, 0, 100);

describe('uploading again', () => {
  it('repairs from the local file: the new record stands beside the old one and inherits what a person gave it', async () => {
    const { library, albums } = world.services;
    const [old] = await world.upload(1);
    if (old === undefined) throw new Error('no upload');
    expect(sourceOf(old)).toBe(join(world.folder, 'picture-1.png'));
    library.setNote(old.id, 'for the garden page');
    await library.tag({ ids: [old.id] }, ['garden'], []);
    const albumId = albums?.create('Garden', { ids: [old.id] }) ?? null;
    library.setLinkState(old.id, 'dead', Date.now());
    const result = await again([old.id], { repair: true });
    expect(result).toMatchObject({ queued: 1, missing: [] });
    const [job] = jobs(result.jobIds);
    const repaired = library.byId(job?.uploadId ?? '');
    expect(repaired).toMatchObject({ name: old.name, sha256: old.sha256, tags: ['garden'], localAlbumId: albumId, linkState: 'unchecked' });
    expect(repaired?.url).not.toBe(old.url);
    expect(library.details(repaired?.id ?? '')).toMatchObject({ replaces: old.id, note: 'for the garden page' });
    expect(library.details(old.id)).toMatchObject({ replacedBy: repaired?.id, upload: { linkState: 'dead', url: old.url } });
    expect(library.details(old.id)?.events.map(({ what }) => what)).toContain('replaced');
    expect(all()).toHaveLength(2);
  });

  it('repairs neither what was deleted on purpose nor what still works', async () => {
    const { library } = world.services;
    const [works, deleted] = (await world.upload(2)) as [Upload, Upload];
    library.setLinkState(works.id, 'alive', Date.now());
    await library.delete([deleted.id], never);
    library.setLinkState(deleted.id, 'dead', Date.now());
    expect(await again([works.id, deleted.id], { repair: true })).toMatchObject({ queued: 0, missing: [], left: { deleted: 1, working: 1 } });
  });

  it('says of a repair why each of the others could not be queued', async () => {
    const [gone, changed, pasted, orphan] = (await world.upload(4)) as [Upload, Upload, Upload, Upload];
    rmSync(sourceOf(gone));
    writeFileSync(sourceOf(changed), png());
    const { library, accounts } = world.services;
    const other = accounts.save({ name: 'left', provider: 'smms', url: host.urls.smms, settings: {}, secrets: {} });
    const { sourcePath, byId } = library;
    const services = {
      ...world.services,
      library: {
        ...library,
        sourcePath: (id: string) => (id === pasted.id ? null : sourcePath(id)),
        byId: (id: string) => (id === orphan.id ? { ...orphan, accountId: other.id } : byId(id)),
      },
    };
    accounts.remove(other.id);
    const result = await createUploadAgain({ ...services, isMadeFrom, now: Date.now })(
      { selection: { ids: [gone.id, changed.id, pasted.id, orphan.id] }, accountId: null, repair: true, fetch: false },
      never,
    );
    expect(result).toMatchObject({ queued: 0, left: { deleted: 0, working: 0 } });
    expect(result.missing.map(({ id, why }) => [id, why])).toEqual([
      [gone.id, 'moved'],
      [changed.id, 'changed'],
      [pasted.id, 'no_file'],
      [orphan.id, 'no_account'],
    ]);
  });

  it('sends to another account without claiming to replace anything', async () => {
    const [old] = await world.upload(1);
    const other = world.services.accounts.save({ name: 'other', provider: 'smms', url: host.urls.smms, settings: {}, secrets: {} });
    const { jobIds } = await again([old?.id ?? ''], { accountId: other.id });
    const upload = world.services.library.byId(jobs(jobIds)[0]?.uploadId ?? '');
    expect(upload).toMatchObject({ accountId: other.id, name: old?.name });
    expect(world.services.library.details(upload?.id ?? '')?.replaces).toBeNull();
  });

  it('takes no file that is gone or another one by now, and says which', async () => {
    const [gone, longer, other, same] = (await world.upload(4)) as [Upload, Upload, Upload, Upload];
    const before = host.control.requests().filter(({ call }) => call === 'upload').length;
    rmSync(sourceOf(gone));
    writeFileSync(sourceOf(longer), Buffer.concat([png(), Buffer.alloc(5000)]));
    writeFileSync(sourceOf(other), Buffer.alloc(other.bytes, 7));
    const result = await again([gone, longer, other, same].map(({ id }) => id));
    expect(result.missing.map(({ id }) => id)).toEqual([gone.id, longer.id, other.id]);
    expect(result.queued).toBe(1);
    expect(host.control.requests().filter(({ call }) => call === 'upload').length - before).toBe(1);
  });

  it('fetches from the picture’s own address when asked to, also from an own host in a private network', async () => {
    const [lost, dead] = (await world.upload(2)) as [Upload, Upload];
    rmSync(sourceOf(lost));
    rmSync(sourceOf(dead));
    await world.services.library.delete([dead.id], never);
    const result = await again([lost.id, dead.id], { fetch: true });
    expect(result).toMatchObject({ queued: 1, missing: [{ id: dead.id, name: dead.name, why: 'moved' }] });
    const upload = world.services.library.byId(jobs(result.jobIds)[0]?.uploadId ?? '');
    expect(upload).toMatchObject({ name: lost.name, sha256: lost.sha256, bytes: lost.bytes });
    expect(world.services.library.sourcePath(upload?.id ?? '')).toBeNull();
  });

  it('says that the account is gone instead of calling every file missing', async () => {
    const [old] = await world.upload(1);
    world.services.accounts.remove(world.accountId);
    await expect(again([old?.id ?? ''])).rejects.toMatchObject({ problem: { message: 'accountGone', params: { host: 'test' } } });
  });

  it('keeps what replaces what across a restart of the queue', async () => {
    const { services } = world;
    const [old] = await world.upload(1);
    services.queue.pause(true);
    await createUploadAgain({ ...services, isMadeFrom, now: Date.now })({ selection: { ids: [old?.id ?? ''] }, accountId: null, repair: true, fetch: false }, never);
    await services.close();
    const next = await createOperationsWorld(host, host.urls.wizs, world.folder);
    try {
      next.services.queue.pause(false);
      next.services.queue.start();
      await next.services.queue.idle();
      expect(next.services.library.details(old?.id ?? '')?.replacedBy).not.toBeNull();
    } finally {
      await next.close();
    }
  });
});
