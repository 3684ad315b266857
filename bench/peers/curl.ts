import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Seconds that `curl -Z` takes to post every file as multipart field `image`, `parallel` at once. */
export const curlSeconds = (files: readonly string[], url: string, key: string, parallel: number, folder: string): number => {
  const config = files
    .map((file) => [`url = "${url}"`, `form = "image=@${file}"`, `header = "X-API-Key: ${key}"`, 'output = "/dev/null"'].join('\n'))
    .join('\nnext\n');
  const path = join(folder, 'curl.conf');
  writeFileSync(path, `${config}\n`);
  const start = process.hrtime.bigint();
  const result = spawnSync('curl', ['-s', '-S', '-Z', '--parallel-max', String(parallel), '-K', path], { encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`curl failed: ${result.stderr.slice(0, 300)}`);
  return Number(process.hrtime.bigint() - start) / 1e9;
};
