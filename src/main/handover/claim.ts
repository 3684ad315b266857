import { setTimeout as pause } from 'node:timers/promises';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import { becomeOwner } from './become-owner';
import type { CommandIo, Owner } from './contract';
import { askForWindow, handOver } from './hand-over';

/** How long an owner may hold the folder without answering before that is called a fault. */
const PATIENCE_MS = 10_000;
const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 100;

export type CommandClaim =
  /** The folder is ours: run the command here. */
  | { readonly type: 'owner'; readonly owner: Owner }
  /** The folder's owner ran it. */
  | { readonly type: 'exit'; readonly code: number }
  /** The owner died with the command half done, and it must not be repeated. */
  | { readonly type: 'lost' };

/**
 * Becomes the owner of the folder, or has the owner run `command`. A command whose owner died on the way is
 * tried again when `mayRepeat` allows it and nothing had been written.
 * Throws `PicferryError` (`otherVersion`, `ownerSilent`) or the system's error when the folder cannot be written.
 */
export async function claimForCommand(
  folder: string,
  handed: { readonly command: unknown; readonly mayRepeat: boolean; readonly io: CommandIo; readonly signal: AbortSignal },
): Promise<CommandClaim> {
  return untilClaimed<CommandClaim>(
    async () => {
      const owner = await becomeOwner(folder);
      return owner === null ? null : { type: 'owner', owner };
    },
    async () => {
      const result = await handOver(folder, handed.command, handed.io, handed.signal);
      if (result.type === 'exit') return { type: 'exit', code: result.code };
      if (result.type === 'lost' && (result.spoke || !handed.mayRepeat)) return { type: 'lost' };
      return result.type === 'absent' ? 'absent' : 'again';
    },
    handed.signal,
  );
}

/**
 * Becomes the owner of the folder for a window, waiting until a command line's work allows; `onWaiting` is called
 * when it has to. `wish` goes to the window that owns the folder. `shown` when a window that owns the folder was shown instead.
 */
export async function claimForWindow(folder: string, onWaiting: () => void, wish?: unknown): Promise<Owner | 'shown'> {
  return untilClaimed<Owner | 'shown'>(
    () => becomeOwner(folder),
    async () => {
      const verdict = await askForWindow(folder, onWaiting, wish);
      return verdict === 'gone' ? 'again' : verdict;
    },
    null,
  );
}

async function untilClaimed<T>(
  own: () => Promise<T | null>,
  ask: () => Promise<T | 'again' | 'absent'>,
  signal: AbortSignal | null,
): Promise<T> {
  let silentSince = Date.now();
  for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(LONGEST_PAUSE_MS, wait * 2)) {
    signal?.throwIfAborted();
    const owned = await own();
    if (owned !== null) return owned;
    const answer = await ask();
    if (answer === 'again') {
      silentSince = Date.now();
      wait = FIRST_PAUSE_MS;
    } else if (answer !== 'absent') return answer;
    if (Date.now() - silentSince > PATIENCE_MS) {
      throw new PicferryError(problemOf({ kind: 'internal', message: 'ownerSilent' }, Date.now()));
    }
    await pause(wait);
  }
}
