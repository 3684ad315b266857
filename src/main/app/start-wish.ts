import { resolve } from 'node:path';
import type { ShortcutName } from '../../shared/model/settings';

/** What a start asks of Picferry, whether it opens the window itself or finds another that has it open. */
export type StartWish = {
  /** Started silently, at login. */
  readonly hidden: boolean;
  /** Files that a file manager sends. Absolute paths. */
  readonly files: readonly string[];
  /** A `picferry://` link, unchecked. */
  readonly link: string | null;
  /** What a key of the desktop's own asks for. */
  readonly act: ShortcutName | null;
};

/** Schemas are not there this early. */
const ACTS: readonly ShortcutName[] = ['uploadClipboard', 'captureRegion', 'captureWindow', 'captureScreen', 'openWindow'];

/** Wishes of this start and of later ones, in their order; those made before anybody takes them wait. */
export type Wishes = {
  readonly take: (wish: unknown) => void;
  /** Called once. */
  readonly onWish: (listener: (wish: unknown) => void) => void;
};

export const createWishes = (first: StartWish): Wishes => {
  let waiting: unknown[] = first.files.length > 0 || first.link !== null || first.act !== null ? [first] : [];
  let listener: ((wish: unknown) => void) | null = null;
  return {
    take: (wish) => (listener === null ? void waiting.push(wish) : listener(wish)),
    onWish: (given) => {
      listener = given;
      const early = waiting;
      waiting = [];
      early.forEach(given);
    },
  };
};

/** Files that are told of one by one, though a person dropped them together: `take` gets all that come before `after` runs what it is given. */
export const gatherFiles = (take: (files: readonly string[]) => void, after: (act: () => void) => void): ((path: string) => void) => {
  let gathered: string[] = [];
  return (path) => {
    if (gathered.push(path) > 1) return;
    after(() => {
      const files = gathered;
      gathered = [];
      take(files);
    });
  };
};

/**
 * Reads a start's arguments. Files and links count only behind `--` and the word that announces them, so that nothing
 * Chromium or the launcher puts there is taken for one, and no file's name for a switch.
 */
export const readWish = (args: readonly string[], cwd: string): StartWish => {
  const end = args.indexOf('--');
  const words = end < 0 ? args : args.slice(0, end);
  const behind = end < 0 ? [] : args.slice(end + 1);
  const at = words.indexOf('--do');
  const act = at < 0 ? null : (ACTS.find((name) => name === words[at + 1]) ?? null);
  return {
    hidden: words.includes('--hidden') || (act !== null && act !== 'openWindow'),
    files: words.includes('--send') ? behind.filter((path) => path !== '').map((path) => resolve(cwd, path)) : [],
    link: words.includes('--link') ? (behind[0] ?? null) : null,
    act,
  };
};
