import { join } from 'node:path';
import { utilityProcess } from 'electron';
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
      kill: () => {
        child.kill();
      },
    };
  },
});
