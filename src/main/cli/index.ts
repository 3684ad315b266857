import { version } from '../../../package.json';
import { END_SIGNALS } from '../../lib/keep-signals';
import { consoleIo } from './console-io';
import { main } from './main';

/** The command line's entry: wires the process to `main` and ends it, so that nothing is left behind. */
async function run(): Promise<void> {
  const { io, flushed } = consoleIo(process.stdout, process.stderr);
  const cancel = new AbortController();
  for (const name of END_SIGNALS) {
    process.on(name, () => {
      // Asked twice: whatever is still running is left on disk for the next time.
      if (cancel.signal.aborted) process.exit(130);
      cancel.abort();
    });
  }
  const code = await main({
    args: process.argv.slice(2),
    env: process.env,
    cwd: process.cwd(),
    platform: process.platform,
    version,
    programs: __dirname,
    io,
    stdin: process.stdin,
    signal: cancel.signal,
  });
  await flushed();
  process.exit(code);
}

void run();
