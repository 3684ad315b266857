/**
 * A process for the crash test: `FOLDER BASE KEY`. Deletes every upload of the library and says each item that ended on
 * its standard output, one JSON value a line; last `{"end": outcomes}`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomic } from '../../src/lib/atomic-file';
import { createServices } from '../../src/main/create-services';
import { EVERYTHING } from '../../src/shared/model/library-defaults';

const [folder = ''] = process.argv.slice(2);
const say = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`);
const file = join(folder, 'store', 'settings.json');

async function run(): Promise<void> {
  const services = await createServices({
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
  });
  services.library.onChange(({ upsert }) => {
    for (const { id, remoteState } of upsert) say({ id, remoteState });
  });
  const { id } = services.operations.delete({ matching: EVERYTHING, except: [] }, 0);
  say({ end: (await services.operations.finished(id)).outcomes });
  await services.close();
}

await run();
