/**
 * A process for the crash tests: `FOLDER BASE KEY [FILE…]`. Uploads the files, and what an earlier process left, to a
 * WiZs host, and says each change of a job's state on its standard output, one JSON value a line; last `{"end": jobs}`.
 */
import { openTestServices, testAccount } from '../world/test-services';

const [folder = '', base = '', key = '', ...files] = process.argv.slice(2);
const say = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`);

async function run(): Promise<void> {
  const services = await openTestServices(folder);
  const { queue } = services;
  const account = testAccount(services, base, key);
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
