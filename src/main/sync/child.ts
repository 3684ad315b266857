import { setFlagsFromString } from 'node:v8';
import { serveEngine, type Parent } from './process/serve-engine';

// Three documents of 50 MB and what is made of them are about 1.6 GB.
setFlagsFromString('--max-old-space-size=3072');

/** Electron's utility processes have `process.parentPort`, Node's forks `process.send`. */
type ParentPort = {
  postMessage(message: unknown): void;
  on(event: 'message', take: (event: { readonly data: unknown }) => void): void;
};

const { parentPort } = process as unknown as { readonly parentPort?: ParentPort };

const parent: Parent = {
  send: (message) => {
    if (parentPort !== undefined) parentPort.postMessage(message);
    else if (process.connected) process.send?.(message);
  },
  end: () => process.exit(0),
};

const take = serveEngine(parent);
// A fault in here must end the process: its parent starts a fresh one, which goes on from what is on disk.
process.on('unhandledRejection', () => process.exit(1));
if (parentPort !== undefined) parentPort.on('message', ({ data }) => take(data));
else {
  process.on('message', take);
  process.on('disconnect', () => process.exit(0));
}
