/**
 * A process for the crash test: `FOLDER BASE KEY`. Deletes every upload of the library and says each item that ended on
 * its standard output, one JSON value a line; last `{"end": outcomes}`.
 */
import { EVERYTHING } from '../../src/shared/model/library-defaults';
import { openTestServices } from '../world/test-services';

const [folder = ''] = process.argv.slice(2);
const say = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`);

async function run(): Promise<void> {
  const services = await openTestServices(folder);
  services.library.onChange(({ upsert }) => {
    for (const { id, remoteState } of upsert) say({ id, remoteState });
  });
  const { id } = services.operations.delete({ matching: EVERYTHING, except: [] }, 0);
  say({ end: (await services.operations.finished(id)).outcomes });
  await services.close();
}

await run();
