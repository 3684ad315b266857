import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { appFolder } from '../runtime';

/** Debian's own Python has the bindings; another one in the path has not. */
const PYTHON = '/usr/bin/python3';

/** Another program, whose windows are of class `name`, copies the picture at `path`; the clipboard is its own until `end`. */
export const copyInProgram = async (path: string, name: string): Promise<{ readonly end: () => Promise<void> }> => {
  const child = spawn(PYTHON, [join(appFolder(), 'e2e', 'desktop', 'copying-program.py'), path, name], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), exited.then(() => Promise.reject(new Error('nothing was copied')))]);
  return {
    end: async () => {
      child.stdin.end();
      await exited;
    },
  };
};
