import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BuiltServices } from '../../src/main/create-services';
import type { NewUpload } from '../../src/main/library';
import { createOperations, type OperationsDeps, type OperationsService } from '../../src/main/operations';
import { createHttp } from '../../src/main/providers/http/create-http';
import type { Operation } from '../../src/shared/model/operation';
import type { Upload } from '../../src/shared/model/upload';
import { png } from '../host/pictures';
import type { TestHost } from '../host/test-host';
import { newUpload } from '../world/new-upload';
import { openTestServices, testAccount } from '../world/test-services';

/** A real data folder, a new one unless given, with every service over it; its account `test` is at the test's host. */
export type OperationsWorld = {
  readonly folder: string;
  readonly services: BuiltServices;
  readonly accountId: string;
  /** Uploads so many fresh pictures from files of their own and gives their records, oldest first. */
  upload(count: number): Promise<readonly Upload[]>;
  /** Operations beside the services' own ones, over parts of a test's choice. Closed with the world. */
  operations(parts: Partial<OperationsDeps>): OperationsService;
  close(): Promise<void>;
};

export async function createOperationsWorld(host: TestHost, url = host.urls.wizs, folder = mkdtempSync(join(tmpdir(), 'picferry-operations-'))): Promise<OperationsWorld> {
  const services = await openTestServices(folder);
  const account = testAccount(services, url, host.keys.wizs);
  const http = createHttp({
    limits: () => ({ connectMs: 5000, stallMs: 5000, answerMs: 5000 }),
    proxy: () => ({ mode: 'none' }),
    systemProxy: null,
    userAgent: 'Picferry',
    certificates: () => Promise.resolve([]),
  });
  const more: OperationsService[] = [];
  let files = 0;
  return {
    folder,
    services,
    accountId: account.id,
    async upload(count) {
      const paths = Array.from({ length: count }, () => {
        const path = join(folder, `picture-${(files += 1)}.png`);
        writeFileSync(path, png());
        return path;
      });
      const inputs = paths.map((path) => ({ type: 'file' as const, path }));
      const batch = await services.queue.addMany(inputs, { accountId: account.id, albumId: null, force: false, origin: 'window' });
      const results = await batch.finished;
      return results.map(({ uploadId, problem }) => {
        const upload = services.library.byId(uploadId ?? '');
        if (upload === undefined) throw new Error(`an upload failed: ${problem?.message}`);
        return upload;
      });
    },
    operations(parts) {
      let ids = 0;
      const made = createOperations({
        ...services,
        wayTo: (target) => http.wayTo(target),
        timers: realTimers,
        newId: () => `made-${(ids += 1)}-${more.length}`,
        retry: (work) => work(),
        ...parts,
      });
      more.push(made);
      return made;
    },
    async close() {
      await Promise.all(more.map((made) => made.close()));
      http.close();
      await services.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const realTimers: OperationsDeps['timers'] = {
  now: () => Date.now(),
  after(ms, work) {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
};

/** A record that no job made. */
export const invented = (id: string, part: Partial<NewUpload> = {}): NewUpload =>
  newUpload({ id, accountId: 'nobody', accountName: 'nobody', provider: 'wizs', name: `${id}.png`, bytes: 1, sha256: '', ...part });

/** How many items have an outcome. */
export const sumOf = ({ outcomes }: Operation): number => Object.values(outcomes).reduce((sum, count) => sum + count, 0);
