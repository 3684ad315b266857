import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createServices } from '../../src/main/create-services';
import type { Services } from '../../src/main/services';
import type { BenchHost } from './bench-host';

export type BenchServices = { readonly services: Services; readonly accountId: string };

/** Picferry's services as both the window and the command line run them, with one account at the bench's host. */
export const openBenchServices = async (folder: string, host: BenchHost): Promise<BenchServices> => {
  process.env['PICFERRY_KEYCHAIN'] = 'off';
  const file = join(folder, 'bench-settings.json');
  let stored: unknown;
  const services = await createServices({
    dataFolder: folder,
    settingsStore: {
      read: () => stored,
      write: (settings) => {
        stored = settings;
        writeFileSync(file, JSON.stringify(settings));
      },
    },
    children: {
      start: () => {
        throw new Error('the bench starts its own host');
      },
    },
    systemProxy: null,
    now: Date.now,
  });
  const account = services.accounts.save({
    name: 'bench',
    provider: 'wizs',
    url: host.url,
    settings: { flavour: 'wizs', auth: 'header' },
    secrets: { key: host.key },
  });
  services.queue.start();
  return { services, accountId: account.id };
};

/** Seconds from the first job's `sending` to the last one's end; throws when a file did not get its link. */
export const uploadSeconds = async ({ services, accountId }: BenchServices, files: readonly string[]): Promise<number> => {
  let first = 0n;
  let last = 0n;
  const stop = services.queue.onChange((change) => {
    if (first === 0n && change.upsert.some((job) => job.state === 'sending' || job.state === 'done')) first = process.hrtime.bigint();
  });
  const batch = services.queue.add(
    files.map((path) => ({ type: 'file' as const, path })),
    { accountId, albumId: null, force: false, origin: 'cli' },
  );
  const results = await batch.finished;
  last = process.hrtime.bigint();
  stop();
  const bad = results.find((result) => result.state !== 'done');
  if (bad !== undefined) throw new Error(`a file ended as ${bad.state}: ${bad.problem?.message ?? ''} ${bad.problem?.detail ?? ''}`);
  return Number(last - first) / 1e9;
};
