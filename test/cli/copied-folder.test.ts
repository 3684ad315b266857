import { cpSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { png } from '../host/pictures';
import { startTestHost, type TestHost } from '../host/test-host';
import { type CliWorld, openCliWorld } from './cli-world';

let world: CliWorld;
let host: TestHost;
beforeAll(async () => {
  [world, host] = [openCliWorld(), await startTestHost()];
});
afterAll(async () => {
  await world.close();
  await host.stop();
});

type Computer = 'desk' | 'laptop';

it('a data folder copied to a second computer becomes a device of its own, an older one put back loses nothing, and one at another path goes on', { timeout: 300_000 }, async () => {
  const folders = [world.home, world.cwd];
  let here: Computer = 'desk';
  /** Both computers have their folders at the same paths, each on its own disk: the other's are put aside. */
  const at = (computer: Computer): CliWorld => {
    if (computer !== here) {
      for (const folder of folders) {
        renameSync(folder, `${folder} of ${here}`);
        renameSync(`${folder} of ${computer}`, folder);
      }
      here = computer;
    }
    return world;
  };
  const write = (computer: Computer, notes: object): void => writeFileSync(join(at(computer).cwd, 'notes.json'), JSON.stringify(notes));
  const read = (computer: Computer): unknown => JSON.parse(readFileSync(join(at(computer).cwd, 'notes.json'), 'utf8'));
  const syncs = async (...computers: readonly Computer[]): Promise<void> => {
    for (const computer of computers) expect(await at(computer).json(0, 'sync', 'run')).toMatchObject([{ key: 'notes', state: 'clean' }, { state: 'clean' }]);
  };
  const uploads = async (computer: Computer, name: string, width: number): Promise<void> => {
    writeFileSync(join(at(computer).cwd, name), png(width, 8));
    await world.json(0, 'upload', name);
  };
  const library = async (computer: Computer): Promise<readonly string[]> => ((await at(computer).json(0, 'library')) as readonly { readonly name: string }[]).map(({ name }) => name).sort();
  const ownId = async (computer: Computer): Promise<unknown> => {
    const devices = (await at(computer).json(0, 'sync', 'devices', 'notes')) as readonly { readonly thisDevice: boolean; readonly id: string }[];
    return devices.find(({ thisDevice }) => thisDevice)?.id;
  };

  expect((await world.feed(host.keys.wizs, 'accounts', 'add', 'wiz', '--provider', 'wizs', '--url', host.urls.wizs, '--secret', 'key=-')).code).toBe(0);
  write('desk', { both: 1 });
  await uploads('desk', 'first.png', 8);
  await world.json(0, 'sync', 'add', 'notes', 'notes.json');
  expect((await world.run('sync', 'own', 'library', 'on')).code).toBe(0);
  await syncs('desk');

  for (const folder of folders) cpSync(folder, `${folder} of laptop`, { recursive: true });
  write('desk', { both: 1, desk: 1 });
  await uploads('desk', 'desk.png', 9);
  write('laptop', { both: 1, laptop: 1 });
  await uploads('laptop', 'laptop.png', 10);
  await syncs('desk', 'laptop', 'desk', 'laptop');
  const merged = { both: 1, desk: 1, laptop: 1 };
  expect([read('desk'), read('laptop')]).toEqual([merged, merged]);
  const everything = ['desk.png', 'first.png', 'laptop.png'];
  expect([await library('desk'), await library('laptop')]).toEqual([everything, everything]);
  expect(await ownId('desk')).not.toBe(await ownId('laptop'));

  cpSync(at('desk').home, `${world.home} of yesterday`, { recursive: true });
  write('desk', { ...merged, desk: 2 });
  await uploads('desk', 'today.png', 11);
  await syncs('desk');
  rmSync(world.home, { recursive: true });
  renameSync(`${world.home} of yesterday`, world.home);
  await syncs('desk', 'laptop', 'desk');
  expect([read('desk'), read('laptop')]).toEqual([{ ...merged, desk: 2 }, { ...merged, desk: 2 }]);
  expect([await library('desk'), await library('laptop')]).toEqual([[...everything, 'today.png'], [...everything, 'today.png']]);

  // A computer where people are called otherwise has the folder at another path.
  renameSync(at('desk').home, `${world.home} elsewhere`);
  const elsewhere = openCliWorld({ PICFERRY_HOME: `${world.home} elsewhere` });
  writeFileSync(join(elsewhere.cwd, 'elsewhere.png'), png(12, 8));
  await elsewhere.json(0, 'upload', 'elsewhere.png');
  expect(await elsewhere.json(0, 'sync', 'run')).toMatchObject([{ state: 'clean' }, { state: 'clean' }]);
  await elsewhere.close();
  expect(existsSync(world.home)).toBe(false);
  renameSync(`${world.home} elsewhere`, world.home);
  await syncs('laptop');
  expect(await library('laptop')).toEqual(['desk.png', 'elsewhere.png', 'first.png', 'laptop.png', 'today.png']);
});
