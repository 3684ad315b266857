import { codeOf } from '../../lib/atomic-file';
import { diskProblem } from '../../lib/disk-problem';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { MediaKind } from '../../shared/model/job';
import type { Problem } from '../../shared/model/problem';
import type { FileFacts } from './job-record';
import type { FileFault } from './read-checked';

/** The file failed while it was read for sending; nothing complete has left. */
export function faultProblem(fault: FileFault, name: string, at: number): Problem {
  const part = { kind: 'file', params: { name }, retryable: true } as const;
  if (fault === 'vanished') return problemOf({ ...part, sub: 'vanished', message: 'fileVanished' }, at);
  if (fault === 'unreadable') return problemOf({ ...part, sub: 'unreadable', message: 'fileUnreadable' }, at);
  return problemOf({ ...part, sub: 'changed', message: 'fileChanged' }, at);
}

/** The bytes left and no answer came. */
export const unknownProblem = (host: string, detail: string | null, at: number): Problem =>
  problemOf({ kind: 'unknown', message: 'unknown', params: { host }, detail }, at);

/** The same bytes left earlier, no answer came, and nobody has found out since. */
export const unknownBeforeProblem = (host: string, at: number): Problem =>
  problemOf({ kind: 'unknown', sub: 'before', message: 'unknownBefore', params: { host } }, at);

/** The host surely does not have it: sending again is safe. */
export const notArrivedProblem = (host: string, at: number): Problem =>
  problemOf({ kind: 'network', sub: 'notReceived', message: 'notReceived', params: { host }, retryable: true }, at);

export const accountGoneProblem = (host: string, at: number): Problem =>
  problemOf({ kind: 'bad_request', sub: 'noAccount', message: 'noAccount', params: { name: host } }, at);

/** The file is larger than the account's host takes for certain. */
export const tooBigProblem = (host: string, bytes: number, maxBytes: number, at: number): Problem =>
  problemOf({ kind: 'rejected_file', sub: 'tooBig', message: 'tooBig', params: { host, bytes, maxBytes } }, at);

/** The account's host takes no files of this kind; what is neither picture nor video is sent to nobody. */
export const wrongTypeProblem = (host: string, kind: MediaKind, at: number): Problem =>
  problemOf({ kind: 'rejected_file', sub: 'type', message: kind === 'other' ? 'notPicture' : 'type', params: { host } }, at);

/** Kinds of picture whose size stands at their start: where none was found, the bytes are hardly what the name says. */
const TOLD_BY_START: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp']);

/**
 * What a host's refusal comes to, knowing the file: a host that does not take the type of what is only called a picture
 * has seen that it is none, which may mean damage. Every other refusal stays as it is.
 */
export const refusedProblem = (problem: Problem, facts: FileFacts | null): Problem =>
  problem.sub === 'type' && facts !== null && facts.width === null && TOLD_BY_START.has(facts.mime)
    ? { ...problem, sub: 'damaged', message: 'damaged' }
    : problem;

/** The disk did not take what had to be written. */
export const saveProblem = (error: unknown, at: number): Problem =>
  diskProblem(error, at) ?? problemOf({ kind: 'file', sub: 'diskRefused', message: 'diskRefused', retryable: true, detail: codeOf(error) || null }, at);

/**
 * Whatever was thrown, as a problem; a disk that is full or refuses is told as such. Our own slips show their name,
 * never their text: it might hold a path or an address.
 */
export function problemFrom(error: unknown, at: number): Problem {
  if (error instanceof PicferryError) return error.problem;
  const name = error instanceof Error ? error.name : typeof error;
  return diskProblem(error, at) ?? problemOf({ kind: 'internal', message: 'internal', retryable: true, detail: name }, at);
}
