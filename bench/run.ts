import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLineStart } from './command-line-start';
import { documentStalls } from './document-stalls';
import { hotkey } from './hotkey';
import { imaging } from './imaging/imaging';
import { largeVideo } from './large-video';
import { library } from './library';
import { libraryImport } from './library-import';
import { libraryWindow } from './library-window';
import { mainProcessStalls } from './main-process-stalls';
import { merge } from './merge';
import { resolverWindow } from './resolver-window';
import { table, type Bench, type Row } from './row';
import { throughput } from './throughput';
import { windowStart } from './window-start';

const benches: readonly Bench[] = [throughput, largeVideo, commandLineStart, windowStart, mainProcessStalls, documentStalls, library, libraryWindow, libraryImport, resolverWindow, hotkey, merge, imaging];

/** `npm run bench [-- NAME…]`: all benches, or the named ones; one row per promise; exits 1 when one is not kept. */
const run = async (names: readonly string[]): Promise<number> => {
  const unknown = names.filter((name) => !benches.some((bench) => bench.name === name));
  if (unknown.length > 0) {
    process.stderr.write(`no such bench: ${unknown.join(', ')}; there are ${benches.map((bench) => bench.name).join(', ')}\n`);
    return 2;
  }
  const rows: Row[] = [];
  for (const bench of benches.filter(({ name }) => names.length === 0 || names.includes(name))) {
    const folder = mkdtempSync(join(tmpdir(), 'picferry-bench-'));
    try {
      rows.push(...(await bench.run({ folder, electron: process.env['PICFERRY_ELECTRON'] ?? '', root: process.cwd(), say: (line) => process.stderr.write(`${bench.name}: ${line}\n`) })));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  process.stdout.write(`${table(rows)}\n`);
  return rows.every((row) => row.ok) ? 0 : 1;
};

process.exitCode = await run(process.argv.slice(2));
