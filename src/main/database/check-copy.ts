import { statSync } from 'node:fs';
import { z } from 'zod';
import type { ChildProcessPort } from '../services';
import { SMALL_BYTES, whatIsWrongSlowly } from './backups';
import type { CheckCopy } from './contract';

const Answer = z.string().nullable();

/**
 * Looks in a process of its own, for as long as that takes: one look at 100,000 uploads would hold up everything else for
 * a tenth of a second. Small files are looked through here, and all others where that process fails.
 */
export const checkInChild =
  (children: ChildProcessPort): CheckCopy =>
  async (path) => {
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) < SMALL_BYTES) return whatIsWrongSlowly(path);
    const child = children.start('check');
    const answer = await new Promise<unknown>((resolve) => {
      child.onMessage(resolve);
      child.onExit(() => resolve(undefined));
      child.send(path);
    });
    child.kill();
    const { success, data } = Answer.safeParse(answer);
    return success ? data : whatIsWrongSlowly(path);
  };
