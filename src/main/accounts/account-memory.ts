import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeFileAtomic } from '../../lib/atomic-file';
import type { Memory } from '../providers/contract';

const Content = z.record(z.string(), z.record(z.string(), z.string()));

/** What providers find out about their accounts and keep. Losing it costs a few requests, never data. */
export interface AccountMemories {
  of(accountId: string): Memory;
  /** The same for what holds of one connection alone, as told by a word for it: with another one it begins anew, and what it held is gone. */
  at(accountId: string, connection: string): Memory;
  forget(accountId: string): void;
}

const CONNECTION = 'connection';

/** Memories in one small file. A file that cannot be read counts as empty; one that cannot be written holds until the end. */
export function createAccountMemories(path: string): AccountMemories {
  let content: z.infer<typeof Content> | undefined;
  const read = (): z.infer<typeof Content> => (content ??= load(path));
  const write = (next: z.infer<typeof Content>): void => {
    content = next;
    try {
      writeFileAtomic(path, `${JSON.stringify(next, null, 2)}\n`);
    } catch {
      // Found out again after the next start.
    }
  };
  const of = (accountId: string): Memory => ({
    get: (key) => read()[accountId]?.[key],
    set(key, value) {
      if (read()[accountId]?.[key] === value) return;
      write({ ...read(), [accountId]: { ...read()[accountId], [key]: value } });
    },
  });
  return {
    of,
    at(accountId, connection) {
      if (read()[accountId]?.[CONNECTION] !== connection) write({ ...read(), [accountId]: { [CONNECTION]: connection } });
      return of(accountId);
    },
    forget(accountId) {
      const { [accountId]: gone, ...rest } = read();
      if (gone !== undefined) write(rest);
    },
  };
}

function load(path: string): z.infer<typeof Content> {
  try {
    const parsed = Content.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.data : {};
  } catch {
    return {};
  }
}

/** A memory that ends with its account test. */
export function passingMemory(): Memory {
  const values = new Map<string, string>();
  return { get: (key) => values.get(key), set: (key, value) => void values.set(key, value) };
}
