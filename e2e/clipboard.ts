import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { expect, type ElectronApplication } from '@playwright/test';

/** The clipboard's text as Electron's main process sees it. */
export const clipboardText = (app: ElectronApplication): Promise<string> => app.evaluate(({ clipboard }) => clipboard.readText());

const holds = (type: string, content: Uint8Array): boolean => {
  const { status, stdout } = spawnSync('xclip', ['-selection', 'clipboard', '-o', '-t', type], { timeout: 5000 });
  return status === 0 && stdout.equals(content);
};

/** Puts bytes on the X clipboard as another program would; `type` is `image/png`, `text/uri-list`, … Resolves when others can read them. */
export const setXClipboard = async (type: string, content: Uint8Array | string): Promise<void> => {
  // xclip stays in the background to serve what it holds; a pipe it inherits would never end.
  const child = spawn('xclip', ['-selection', 'clipboard', '-t', type, '-i'], { stdio: ['pipe', 'ignore', 'ignore'] });
  child.stdin.end(content);
  await once(child, 'exit');
  // What it leaves behind tells the display only after it has ended that the clipboard is another one.
  await expect.poll(() => holds(type, Buffer.from(content))).toBe(true);
};
