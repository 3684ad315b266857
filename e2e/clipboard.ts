import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ElectronApplication } from '@playwright/test';

/** The clipboard's text as Electron's main process sees it. */
export const clipboardText = (app: ElectronApplication): Promise<string> => app.evaluate(({ clipboard }) => clipboard.readText());

/** Puts bytes on the X clipboard as another program would; `type` is `image/png`, `text/uri-list`, … */
export const setXClipboard = async (type: string, content: Uint8Array | string): Promise<void> => {
  // xclip stays in the background to serve what it holds; a pipe it inherits would never end.
  const child = spawn('xclip', ['-selection', 'clipboard', '-t', type, '-i'], { stdio: ['pipe', 'ignore', 'ignore'] });
  child.stdin.end(content);
  await once(child, 'exit');
};
