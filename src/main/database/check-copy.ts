import { z } from 'zod';
import type { ChildProcessPort } from '../services';
import { whatIsWrongSlowly } from './backups';
import type { CheckCopy } from './contract';

const Answer = z.string().nullable();

/**
 * Looks in a process of its own, for as long as that takes: one look at 100,000 uploads would hold up everything else for
 * a tenth of a second. Where that process fails, it is done here.
 */
export const checkInChild =
  (children: ChildProcessPort): CheckCopy =>
  async (path) => {
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
