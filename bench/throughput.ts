import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openBenchServices, uploadSeconds } from './measure/bench-services';
import { startBenchHost, type BenchHost } from './measure/bench-host';
import { makeFiles } from './measure/sample-files';
import { curlSeconds } from './peers/curl';
import { picgoSeconds } from './peers/picgo';
import { median, type Bench, type BenchPlace, type Row } from './row';

const COUNT = 200;
const AT_ONCE = 4;
const ROUNDS = 3;

type Seconds = { readonly ours: number; readonly curl: number; readonly picgo: number };

const sub = (place: BenchPlace, name: string): string => {
  const folder = join(place.folder, name);
  mkdirSync(folder, { recursive: true });
  return folder;
};

/** Each side in turn, several rounds, so that a slow moment of the machine meets all of them. */
const compare = async (place: BenchPlace, host: BenchHost, files: readonly string[], name: string): Promise<Seconds> => {
  const ours: number[] = [];
  const curl: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await host.reset();
    if (name === '50') await host.answerAfter(50);
    const open = await openBenchServices(sub(place, `data-${name}-${String(round)}`), host);
    ours.push(await uploadSeconds(open, files));
    await open.services.close();
    curl.push(await curlSeconds(files, `${host.url}/api/v1/upload.php`, host.key, AT_ONCE, place.folder));
  }
  const picgo = await picgoSeconds(files, `${host.url}/api/v1/upload.php`, host.key, place.folder);
  return { ours: median(ours), curl: median(curl), picgo };
};

const ratio = (mine: number, theirs: number): string => (theirs / mine).toFixed(2);
const seconds = (value: number): string => `${value.toFixed(2)} s`;

export const throughput: Bench = {
  name: 'throughput',
  run: async (place) => {
    const files = makeFiles(sub(place, 'files'), COUNT, 1_000_000);
    const host = await startBenchHost(place.root, sub(place, 'host'));
    const rows: Row[] = [];
    for (const delay of ['0', '50'] as const) {
      place.say(`uploading ${String(COUNT)} × 1 MB, host answering after ${delay} ms`);
      const { ours, curl, picgo } = await compare(place, host, files, delay);
      const least = delay === '0' ? 0.4 : 0.8;
      rows.push({
        promise: `200 × 1 MB, 4 at once, answer after ${delay} ms, against curl -Z`,
        figure: `${ratio(ours, curl)} × (${seconds(ours)}, curl ${seconds(curl)})`,
        bound: `≥ ${String(least)} ×`,
        ok: curl / ours >= least,
      });
      if (delay === '50') {
        rows.push({
          promise: 'the same against PicGo-Core',
          figure: `${ratio(ours, picgo)} × (PicGo-Core ${seconds(picgo)})`,
          bound: '≥ 3 ×',
          ok: picgo / ours >= 3,
        });
      }
    }
    await host.stop();
    return rows;
  },
};
