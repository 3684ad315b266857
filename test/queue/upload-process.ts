/**
 * A process for the crash tests: `FOLDER BASE KEY [FILE…]`. Uploads the files, and what an earlier process left, to a
 * WiZs host, and says each change of a job's state on its standard output, one JSON value a line; last `{"end": jobs}`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomic } from '../../src/lib/atomic-file';
import { createServices } from '../../src/main/create-services';
import type { ServicePorts } from '../../src/main/services';

const [folder = '', base = '', key = '', ...files] = process.argv.slice(2);
const say = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`);
const file = join(folder, 'store', 'settings.json');

const ports: ServicePorts = {
  dataFolder: folder,
  settingsStore: {
    read: () => (existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as unknown) : {}),
    write: (settings) => writeFileAtomic(file, JSON.stringify(settings)),
  },
  children: {
    start: () => {
      throw new Error('no child is wanted here');
    },
  },
  systemProxy: null,
  now: () => Date.now(),
};

async function run(): Promise<void> {
  const services = await createServices(ports);
  const { accounts, queue } = services;
  const account = accounts.byName('test') ?? accounts.save({ name: 'test', provider: 'wizs', url: base, settings: {}, secrets: { key } });
  queue.onChange(({ upsert }) => {
    for (const { name, state, sentBytes } of upsert) say({ name, state, sentBytes });
  });
  queue.start();
  if (files.length > 0) {
    const batch = queue.add(
      files.map((path) => ({ type: 'file', path })),
      { accountId: account.id, albumId: null, force: false, origin: 'window' },
    );
    say({ added: batch.jobIds.length });
  }
  await queue.idle();
  say({ end: queue.snapshot().jobs.map(({ id, name, state, url, problem }) => ({ id, name, state, url, problem: problem?.message ?? null })) });
  await services.close();
}

await run();
