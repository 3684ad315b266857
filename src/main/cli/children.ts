import { fork } from 'node:child_process';
import { join } from 'node:path';
import { heldMemory } from '../../lib/held-memory';
import type { ChildProcessPort } from '../services';

/** Our child processes in plain Node; `programs` is the folder of the built programs. They end with this process. */
export const nodeChildren = (programs: string): ChildProcessPort => ({
  start: (entry) => {
    const child = fork(join(programs, `${entry}.js`), [], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
      execArgv: [],
      // Ctrl+C reaches a whole process group: a child of its own group is ended by us, after its work.
      detached: true,
    });
    // A message to a child that has just died fails; its exit is told by itself.
    child.on('error', () => undefined);
    return {
      send: (message) => {
        if (child.connected) child.send(message as object);
      },
      onMessage: (listener) => {
        child.on('message', listener);
        return () => child.off('message', listener);
      },
      onExit: (listener) => {
        if (child.exitCode !== null || child.signalCode !== null) {
          const timer = setImmediate(() => listener(child.exitCode));
          return () => clearImmediate(timer);
        }
        child.once('exit', listener);
        return () => child.off('exit', listener);
      },
      held: () => (child.pid === undefined ? null : heldMemory(child.pid)),
      kill: () => {
        child.kill('SIGKILL');
      },
    };
  },
});
