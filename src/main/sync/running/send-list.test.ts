import { writeFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { DOCUMENT, runningWorld, type Installation } from '../../../../test/sync/running-world';
import { PicferryError } from '../../../lib/picferry-error';
import type { SyncService } from '../contract';

/** How other devices find what a device syncs that never runs by itself, as the command line does. */
const world = runningWorld();
const ACCOUNT = DOCUMENT.account;

type Line = Installation & { readonly service: SyncService };
const commandLine = async (name?: string): Promise<Line> => {
  const one = world.installation(name);
  return { ...one, service: await one.sync.open() };
};
/** With one document that it has synced. */
const synced = async (fileKey: string): Promise<Line> => {
  const one = await commandLine();
  one.write({ n: 1 });
  await one.service.add({ account: ACCOUNT, fileKey }, one.file);
  await one.service.run({ account: ACCOUNT, fileKey });
  return one;
};
const found = async ({ service }: Line): Promise<readonly string[]> => (await service.indexed(ACCOUNT)).map(({ fileKey }) => fileKey).sort();
const requests = (): number => world.host().control.requests().length;

it('finds nothing before the list was sent, and everything after it', async () => {
  const [desk, laptop] = [await synced('of-desk'), await commandLine()];
  expect(await found(laptop)).toEqual([]);
  await desk.service.sendList(ACCOUNT);
  expect(await found(laptop)).toEqual(['of-desk']);
});
it('finds what several devices have, whoever sent its list first', async () => {
  const [desk, laptop] = [await synced('of-desk'), await synced('of-laptop')];
  for (const one of [laptop, desk]) await one.service.sendList(ACCOUNT);
  const late = await commandLine();
  expect(await found(late)).toEqual(['of-desk', 'of-laptop']);
});
it('does not hold what never reached the host, and holds it once it did', async () => {
  const [desk, laptop] = [await synced('of-desk'), await commandLine()];
  const late = { account: ACCOUNT, fileKey: 'late' };
  await desk.service.add(late, `${desk.file}.late`);
  await desk.service.sendList(ACCOUNT);
  expect(await found(laptop)).toEqual(['of-desk']);
  writeFileSync(`${desk.file}.late`, '{}');
  await desk.service.run(late);
  await desk.service.sendList(ACCOUNT);
  expect(await found(laptop)).toEqual(['late', 'of-desk']);
});
it('is asked for nothing where the list holds all that is here, after a restart as well', async () => {
  const desk = await synced('of-desk');
  await desk.service.sendList(ACCOUNT);
  const before = requests();
  await desk.service.sendList(ACCOUNT);
  await desk.service.close();
  await (await commandLine(desk.name)).service.sendList(ACCOUNT);
  expect(requests()).toBe(before);
});
it('goes with the next run when it did not get through', async () => {
  const [desk, laptop] = [await synced('of-desk'), await commandLine()];
  world.host().control.failNext({ call: 'json-push', status: 500 });
  await expect(desk.service.sendList(ACCOUNT)).rejects.toBeInstanceOf(PicferryError);
  expect(await found(laptop)).toEqual([]);
  await desk.service.sendList(ACCOUNT);
  expect(await found(laptop)).toEqual(['of-desk']);
});
it('is kept by documents that sync by themselves as soon as they are at the host', async () => {
  const [desk, laptop] = [await world.running(), await commandLine()];
  writeFileSync(`${desk.file}.more`, '{"n": 1}');
  await desk.service.add({ account: ACCOUNT, fileKey: 'more' }, `${desk.file}.more`);
  await vi.waitFor(async () => expect(await found(laptop)).toContain('more'));
});
it('is left to the documents that sync by themselves where they do', async () => {
  const desk = await world.running();
  const before = requests();
  await desk.service.sendList(ACCOUNT);
  expect(requests()).toBe(before);
});
