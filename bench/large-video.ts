import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openBenchServices, uploadSeconds } from './measure/bench-services';
import { startBenchHost } from './measure/bench-host';
import { residentMebibytes } from './measure/memory';
import { makeFiles } from './measure/sample-files';
import { curlSeconds } from './peers/curl';
import { median, type Bench } from './row';

const GIGABYTE = 1_000_000_000;
const ROUNDS = 3;

export const largeVideo: Bench = {
  name: 'large-video',
  run: async (place) => {
    const folder = (name: string): string => {
      const path = join(place.folder, name);
      mkdirSync(path, { recursive: true });
      return path;
    };
    const host = await startBenchHost(place.root, folder('host'));
    const files = makeFiles(folder('files'), 1, GIGABYTE);
    const ours: number[] = [];
    const curl: number[] = [];
    let idle = 0;
    let peak = 0;
    for (let round = 0; round < ROUNDS; round++) {
      place.say(`uploading 1 GB, round ${String(round + 1)} of ${String(ROUNDS)}`);
      await host.reset();
      const open = await openBenchServices(folder(`data-${String(round)}`), host);
      if (round === 0) idle = residentMebibytes(process.pid);
      const watch = setInterval(() => {
        peak = Math.max(peak, residentMebibytes(process.pid));
      }, 20);
      ours.push(await uploadSeconds(open, files));
      clearInterval(watch);
      await open.services.close();
      await host.reset();
      curl.push(await curlSeconds(files, `${host.url}/api/v1/upload.php`, host.key, 1, place.folder));
    }
    await host.stop();
    const share = median(curl) / median(ours);
    return [
      {
        promise: 'one file of 1 GB, hashing included, against curl',
        figure: `${share.toFixed(2)} × (${median(ours).toFixed(2)} s, curl ${median(curl).toFixed(2)} s)`,
        bound: '≥ 0.55 ×',
        ok: share >= 0.55,
      },
      {
        promise: 'one file of 1 GB, peak memory over idle',
        figure: `+${(peak - idle).toFixed(0)} MiB (idle ${idle.toFixed(0)} MiB)`,
        bound: '≤ +64 MiB',
        ok: peak - idle <= 64,
      },
    ];
  },
};
