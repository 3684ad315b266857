import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { INVENTED_ACCOUNTS, inventedUploads } from '../../test/fixtures/invented-uploads';
import { jsonStore } from './json-store';
import { ourStore } from './our-store';
import { changesOfView, searches } from './questions';
import type { Asked, StoreUnderTest } from './store-under-test';

/** What one process measured, in milliseconds and MiB; read by the bench from its output. */
export type Figures = {
  readonly seed: number;
  readonly open: number;
  readonly insert: readonly number[];
  readonly search: readonly { readonly what: string; readonly ms: number }[];
  readonly filter: readonly { readonly what: string; readonly ms: number }[];
  readonly sort: readonly { readonly what: string; readonly ms: number }[];
  readonly memory: number;
  readonly file: number;
};

const UNTIL = Date.UTC(2026, 0, 1);
const MIB = 2 ** 20;

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

const askEach = async (store: StoreUnderTest, asked: readonly (readonly [string, Asked])[], between: () => Promise<unknown>): Promise<{ what: string; ms: number }[]> => {
  const answers: { what: string; ms: number }[] = [];
  for (const [what, one] of asked) {
    await between();
    answers.push({ what, ms: await timed(() => store.view(one)) });
  }
  return answers;
};

const main = async ([kind, phase, folder = '', size = '0']: readonly string[]): Promise<Partial<Figures>> => {
  const count = Number(size);
  const store = kind === 'ours' ? ourStore(folder, count, UNTIL) : jsonStore(folder);
  if (phase === 'seed') {
    const seed = await timed(() => store.seed(kind === 'ours' ? [] : inventedUploads({ count, until: UNTIL })));
    store.close();
    return { seed };
  }
  const bare = process.memoryUsage().rss;
  const open = await timed(() => store.open());
  await store.settle();
  const news = inventedUploads({ count: 2000, until: UNTIL + 86_400_000, years: 0.001, seed: 2, accounts: INVENTED_ACCOUNTS });
  const insertOne = async (): Promise<number> => {
    const upload = news.next().value;
    return upload === undefined ? 0 : timed(() => store.insert(upload));
  };
  // Whatever was kept of earlier answers is out of date after an insert. The other store keeps no answers.
  const forget = kind === 'ours' ? insertOne : () => Promise.resolve();
  const rounds = kind === 'ours' ? 5 : 2;
  const figures = { search: [] as { what: string; ms: number }[], filter: [] as { what: string; ms: number }[], sort: [] as { what: string; ms: number }[] };
  for (let round = 0; round < rounds; round += 1) {
    figures.search.push(...(await askEach(store, searches(), forget)));
    figures.filter.push(...(await askEach(store, changesOfView('filter'), forget)));
    figures.sort.push(...(await askEach(store, changesOfView('sort'), forget)));
  }
  const memory = (process.memoryUsage().rss - bare) / MIB;
  const insert: number[] = [];
  for (let n = 0; n < (kind === 'ours' ? 500 : 4); n += 1) insert.push(await insertOne());
  store.close();
  const file = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0) / MIB;
  return { open, insert, ...figures, memory, file };
};

process.stdout.write(JSON.stringify(await main(process.argv.slice(2))));
