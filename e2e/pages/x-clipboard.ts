import { spawnSync } from 'node:child_process';

/** The X clipboard's text as another program gets it; empty when it holds none. */
export const readXClipboard = (): string => {
  const { status, stdout } = spawnSync('xclip', ['-selection', 'clipboard', '-o', '-t', 'UTF8_STRING'], { encoding: 'utf8', timeout: 5000 });
  return status === 0 ? stdout : '';
};

/** The address inside each line's link. */
export const addressesIn = (text: string): readonly string[] => text.split('\n').map((line) => /https?:\/\/[^\s)"\]]+/.exec(line)?.[0] ?? '');
