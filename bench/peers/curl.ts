import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Seconds that `curl -Z` takes to post every file as multipart field `image`, `parallel` at once. */
export const curlSeconds = async (files: readonly string[], url: string, key: string, parallel: number, folder: string): Promise<number> => {
  const config = files
    .map((file) => [`url = "${url}"`, `form = "image=@${file}"`, `header = "X-API-Key: ${key}"`, 'output = "/dev/null"'].join('\n'))
    .join('\nnext\n');
  const path = join(folder, 'curl.conf');
  writeFileSync(path, `${config}\n`);
  const start = process.hrtime.bigint();
  const curl = spawn('curl', ['-s', '-S', '-Z', '--parallel-max', String(parallel), '-K', path], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = (await once(curl, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`curl ended with ${String(code)}`);
  return Number(process.hrtime.bigint() - start) / 1e9;
};
