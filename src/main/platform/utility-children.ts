import { join } from 'node:path';
import { app, utilityProcess } from 'electron';
import { heldMemory } from '../../lib/held-memory';
import type { Child, ChildProcessPort } from '../services';

/** Our child processes as Electron's utility processes; `programs` is the folder of the built programs. */
export const utilityChildren = (programs: string): ChildProcessPort => ({
  start: (entry): Child => {
    const child = utilityProcess.fork(join(programs, `${entry}.js`), [], { serviceName: `Picferry ${entry}`, stdio: 'ignore' });
    return {
      send: (message) => child.postMessage(message),
      onMessage: (listener) => {
        child.on('message', listener);
        return () => {
          child.off('message', listener);
        };
      },
      onExit: (listener) => {
        child.once('exit', listener);
        return () => {
          child.off('exit', listener);
        };
      },
      held: () => {
        const { pid } = child;
        if (pid === undefined) return null;
        // Asking Electron takes a look at each of its processes: where the system tells it as a file, that is all.
        if (process.platform === 'linux') return heldMemory(pid);
        const kilobytes = app.getAppMetrics().find((metric) => metric.pid === pid)?.memory.workingSetSize;
        return kilobytes === undefined ? null : kilobytes * 1024;
      },
      kill: () => {
        child.kill();
      },
    };
  },
});
