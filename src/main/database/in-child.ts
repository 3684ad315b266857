import { statSync } from 'node:fs';
import type { Child, ChildProcessPort } from '../services';
import { SMALL_BYTES, whatIsWrongSlowly } from './backups';
import type { CheckCopy, EmptyLog } from './contract';
import { Answer, type Order } from './orders';

/** What a process of its own answers; undefined when it fails. It is there for this one order. */
async function inChild(children: ChildProcessPort, order: Order): Promise<string | null | undefined> {
  let child: Child;
  try {
    child = children.start('database');
  } catch {
    // The system has no process to give.
    return undefined;
  }
  const answer = await new Promise<unknown>((resolve) => {
    child.onMessage(resolve);
    child.onExit(() => resolve(undefined));
    child.send(order);
  });
  child.kill();
  return Answer.safeParse(answer).data;
}

/**
 * Looks in a process of its own, for as long as that takes: one look at 100,000 uploads would hold up everything else for
 * a tenth of a second. Small files are looked through here, and all others where that process fails.
 */
export const checkInChild =
  (children: ChildProcessPort): CheckCopy =>
  async (path) => {
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) < SMALL_BYTES) return whatIsWrongSlowly(path);
    const wrong = await inChild(children, { work: 'check', path });
    return wrong === undefined ? whatIsWrongSlowly(path) : wrong;
  };

/** Waits for the disk in a process of its own: an import of 100,000 uploads would hold up everything else for half a second, again and again. */
export const emptyLogInChild =
  (children: ChildProcessPort): EmptyLog =>
  async (path) => {
    await inChild(children, { work: 'empty-log', path });
  };
