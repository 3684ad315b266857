import type { JobRecord } from './job-record';
import { hasEnded } from './transitions';

/** Files above this many bytes are hashed while they are sent, not before. */
export const HASH_AHEAD_LIMIT = 64 * 1024 * 1024;

/**
 * Which jobs of an account hold the same bytes. One live job leads, the others wait for its outcome;
 * jobs whose outcome is unknown are remembered so that their bytes are not sent again by themselves.
 */
export interface SameBytes {
  /** The live job that already holds these bytes, or undefined: then `record` leads from now on. */
  claim(record: JobRecord): string | undefined;
  follow(leaderId: string, followerId: string): void;
  /** Ends a lead; returns those who waited, in order. */
  release(leaderId: string): readonly string[];
  /** Ids of other jobs with these bytes whose outcome is unknown, latest last. */
  unknown(record: JobRecord): readonly string[];
  followers(leaderId: string): readonly string[];
  /** Keeps the register of unknown outcomes. */
  track(before: JobRecord | null, after: JobRecord | null): void;
}

export function createSameBytes(): SameBytes {
  const leaders = new Map<string, string>();
  const claimed = new Map<string, readonly string[]>();
  const waiting = new Map<string, string[]>();
  const lost = new Map<string, Set<string>>();
  return {
    claim(record) {
      const keys = keysOf(record);
      for (const key of keys) {
        const leader = leaders.get(key);
        if (leader !== undefined && leader !== record.id) return leader;
      }
      for (const key of keys) leaders.set(key, record.id);
      claimed.set(record.id, keys);
      return undefined;
    },
    follow(leaderId, followerId) {
      waiting.set(leaderId, [...(waiting.get(leaderId) ?? []), followerId]);
    },
    release(leaderId) {
      for (const key of claimed.get(leaderId) ?? []) {
        if (leaders.get(key) === leaderId) leaders.delete(key);
      }
      claimed.delete(leaderId);
      const followers = waiting.get(leaderId) ?? [];
      waiting.delete(leaderId);
      return followers;
    },
    unknown(record) {
      const ids = new Set(keysOf(record).flatMap((key) => [...(lost.get(key) ?? [])]));
      ids.delete(record.id);
      return [...ids];
    },
    followers: (leaderId) => waiting.get(leaderId) ?? [],
    track(before, after) {
      if (before !== null && before.state === 'unknown') for (const key of keysOf(before)) lost.get(key)?.delete(before.id);
      if (after === null || after.state !== 'unknown') return;
      for (const key of keysOf(after)) lost.set(key, (lost.get(key) ?? new Set()).add(after.id));
    },
  };
}

/** What tells bytes apart: their digest, and for files too large to be hashed ahead the file itself, unchanged. */
function keysOf(record: JobRecord): readonly string[] {
  const { facts, input, accountId } = record;
  if (facts === null) return [];
  const keys: string[] = [];
  if (facts.sha256 !== null) keys.push(`${accountId}\n${facts.sha256}`);
  if (facts.bytes > HASH_AHEAD_LIMIT && facts.prepared === null && input.type !== 'bad') keys.push(`${accountId}\n${input.path}\n${facts.bytes}\n${facts.modifiedMs}`);
  return keys;
}

/** Whether a job whose leader ended in this state has to try for itself: the leader's trouble was not that of the bytes. */
export const mustTryItself = (leader: JobRecord): boolean =>
  !hasEnded(leader) || leader.state === 'cancelled' || (leader.state === 'failed' && leader.problem?.kind === 'file');
