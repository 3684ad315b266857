import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { values } from '../../../test/merge/fidelity-values';
import { KEY, startSyncWorld, type SyncWorld, type TestDevice } from '../../../test/sync/sync-world';
import { PicferryError } from '../../lib/picferry-error';
import { localTexts } from './local-texts';

let world: SyncWorld;
beforeAll(async () => {
  world = await startSyncWorld();
});
afterAll(() => world.stop());
beforeEach(() => world.host.control.reset());

/** Hosts that keep a value's exact spelling. */
const hosts = [
  ['as it is', {}],
  ['as strings', { contentOut: 'string', baseTracking: 'none' }],
] as const;

const corpus = (changed: number, added = ''): string => `{\n${values.map((value, n) => `  "v${String(n)}": ${value},`).join('\n')}\n  "changed": ${String(changed)}${added}\n}\n`;

/** What stands in a file, whatever its layout and the spelling of its strings. */
const facts = async (device: TestDevice): Promise<{ readonly canon: string; readonly loose: string }> => {
  const read = await localTexts.read(device.text(), {});
  if (!read.ok) throw new Error(read.refusal.code);
  return read.facts;
};
const factsOf = async (text: string): Promise<{ readonly canon: string; readonly loose: string }> => {
  const read = await localTexts.read(text, {});
  if (!read.ok) throw new Error(read.refusal.code);
  return read.facts;
};

let made = 0;
test.each(hosts)('every value of the corpus comes through a host that keeps documents %s, unchanged where it was written', async (_name, wizs) => {
  world.host.control.set({ wizs });
  const [a, b] = [world.device(`fidelity-${String((made += 1))}-a`), world.device(`fidelity-${String(made)}-b`)];
  a.writeText(corpus(1));
  expect(await a.sync()).toMatchObject({ state: 'clean' });
  expect(a.text(), 'nothing is written into a file that nobody else changed').toBe(corpus(1));
  expect(await b.sync()).toMatchObject({ state: 'clean' });
  const [ofA, ofB] = [await facts(a), await facts(b)];
  expect(ofB).toEqual(ofA);

  // The other one changes its neighbour; here every value stays as it was written, to the byte.
  b.writeText(b.text().replace(/"changed":\s*1/, '"changed": 2'));
  expect(await b.sync()).toMatchObject({ state: 'clean' });
  expect(await a.sync()).toMatchObject({ state: 'clean' });
  expect(a.text()).toBe(corpus(2));

  // Both change something: still no value becomes another one.
  a.writeText(corpus(2, ',\n  "ofA": 1'));
  b.writeText(b.text().replace(/"changed":\s*2/, '"changed": 3'));
  await a.sync();
  await b.sync();
  await a.sync();
  expect(await facts(a)).toEqual(await factsOf(corpus(3, ',\n  "ofA": 1')));
  expect(await facts(b)).toEqual(await facts(a));
  world.asked();
  for (const one of [a, b]) expect(await one.sync()).toMatchObject({ state: 'clean', openConflicts: 0 });
  expect(world.asked().filter((call) => call === 'json-push')).toEqual([]);
});

/** All of them in the long suites; else those that PHP changes, and every fourth of the others. */
const isTried = (value: string, n: number): boolean => process.env['PICFERRY_LONG'] === '1' || n % 4 === 0 || /^-?[\d.]{16,}$|^4.9E/.test(value);

test.each(values.flatMap((value, n) => (isTried(value, n) ? [[value.length > 40 ? `${value.slice(0, 20)}…` : value, value, n] as const] : [])))('through a host that keeps documents as PHP reads them, %s stays, or is refused by name', async (_title, value, n) => {
  world.host.control.set({ wizs: { phpRoundTrip: true, baseTracking: 'none' } });
  const [a, b] = [world.device(`php-${String(n)}-a`), world.device(`php-${String(n)}-b`)];
  const text = (changed: number): string => `{ "kept": ${value}, "changed": ${String(changed)} }`;
  a.writeText(text(1));
  let refused = '';
  for (const one of [a, b]) {
    try {
      await one.sync();
    } catch (error) {
      if (!(error instanceof PicferryError)) throw error;
      refused = error.problem.message;
    }
  }
  expect(a.text()).toBe(text(1));
  if (refused !== '') {
    expect(refused).toMatch(/^sync(?:NumberRounded|Refused)$/);
    const before = world.host.control.documents.versions(KEY).length;
    await expect(a.sync()).rejects.toMatchObject({ problem: { message: refused } });
    expect(a.text()).toBe(text(1));
    expect(world.host.control.documents.versions(KEY)).toHaveLength(before);
    // In quotes it goes through.
    a.writeText(text(1).replace(value, '"quoted"'));
    await a.sync();
    await b.sync();
    return expect(b.read()).toEqual({ kept: 'quoted', changed: 1 });
  }
  expect((await facts(b)).loose).toBe((await facts(a)).loose);
  b.writeText(b.text().replace(/"changed":\s*1/, '"changed": 2'));
  await b.sync();
  await a.sync();
  expect(a.text()).toBe(text(2));
});
