import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { appFolder } from '../runtime';

export type XClientArgs = readonly ['window'] | readonly ['hold', string];
export type XClient = { readonly end: () => Promise<void> };

/** Another program on the display: with a window that has the focus, or with a key of its own (Ctrl+Alt+Shift and `key`). */
export const startXClient = async (...args: XClientArgs): Promise<XClient> => {
  const child = spawn('python3', [join(appFolder(), 'e2e', 'desktop', 'x-client.py'), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(() => {
      throw new Error('the other program did not start');
    }),
  ]);
  return {
    end: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
};

/** Presses keys as a person's keyboard does, wherever the focus is; in the words of xdotool. */
export const pressKeys = async (keys: string): Promise<void> => {
  const child = spawn('xdotool', ['key', keys], { stdio: 'ignore' });
  await once(child, 'exit');
};
