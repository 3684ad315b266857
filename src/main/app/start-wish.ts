import { resolve } from 'node:path';

/** What a start asks of Picferry, whether it opens the window itself or finds another that has it open. */
export type StartWish = {
  /** Started silently, at login. */
  readonly hidden: boolean;
  /** Files that a file manager sends. Absolute paths. */
  readonly files: readonly string[];
  /** A `picferry://` link, unchecked. */
  readonly link: string | null;
};

export const NO_WISH: StartWish = { hidden: false, files: [], link: null };

/**
 * Reads a start's arguments. Files and links count only behind `--` and the word that announces them, so that nothing
 * Chromium or the launcher puts there is taken for one, and no file's name for a switch.
 */
export const readWish = (args: readonly string[], cwd: string): StartWish => {
  const end = args.indexOf('--');
  const words = end < 0 ? args : args.slice(0, end);
  const behind = end < 0 ? [] : args.slice(end + 1);
  return {
    hidden: words.includes('--hidden'),
    files: words.includes('--send') ? behind.filter((path) => path !== '').map((path) => resolve(cwd, path)) : [],
    link: words.includes('--link') ? (behind[0] ?? null) : null,
  };
};
