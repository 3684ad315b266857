import { codeOf } from '../../lib/atomic-file';
import { isFull } from '../../lib/full-disk';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { Refusal } from '../../merge';

/** Why a document cannot be read, as a sentence with a place in it. */
export const unreadable = (refusal: Refusal, where: 'file' | 'host', now: number): PicferryError => {
  const cause = refusal.code === 'not-json' ? refusal.cause : null;
  const message = where === 'host' ? 'syncHostUnreadable' : cause === null ? OF_FILE[refusal.code] : OF_CAUSE[cause];
  return new PicferryError(problemOf({ kind: where === 'file' ? 'file' : 'protocol', sub: refusal.code, message, params: paramsOf(refusal) }, now));
};

const OF_FILE = { 'not-json': 'syncNotJson', 'duplicate-keys': 'syncDuplicateKeys', 'too-deep': 'syncTooDeep' } as const;
const OF_CAUSE = { comment: 'syncHasComments', 'trailing-comma': 'syncTrailingComma' } as const;

const [MOST_KEYS, MOST_CHARACTERS] = [5, 60];

/** `"theme" (2, 5), "size" (3, 9)`: each key with its lines, without a word of any language. */
const keysOf = (duplicates: Extract<Refusal, { readonly code: 'duplicate-keys' }>['duplicates']): string => {
  const named = duplicates.slice(0, MOST_KEYS).map(({ key, lines }) => `"${key.length > MOST_CHARACTERS ? `${key.slice(0, MOST_CHARACTERS)}…` : key}" (${lines.join(', ')})`);
  return [...named, ...(duplicates.length > MOST_KEYS ? ['…'] : [])].join(', ');
};

const paramsOf = (refusal: Refusal): Readonly<Record<string, string | number>> => {
  if (refusal.code === 'not-json') return { line: refusal.line, column: refusal.column };
  if (refusal.code === 'too-deep') return { depth: refusal.depth, most: refusal.most };
  return { keys: keysOf(refusal.duplicates) };
};

/** A file that the system does not let us read or replace, as it was found. */
export const fileProblem = (error: unknown, act: 'read' | 'write', now: number): PicferryError => {
  const code = codeOf(error);
  if (code === '') throw error;
  const message = code === 'NOT_UTF8' ? 'syncNotText' : code === 'NOT_A_FILE' ? 'syncNotAFile' : isFull(code) ? 'diskFull' : act === 'read' ? 'syncFileUnreadable' : 'syncFileNotWritten';
  return new PicferryError(problemOf({ kind: 'file', sub: code, message, params: { code }, retryable: true }, now), { cause: error });
};

export const syncProblem = (message: 'syncFileGone' | 'syncBusy' | 'syncNoDocument' | 'syncKeyTaken' | 'syncKeyTakenThrough' | 'syncFileTaken' | 'syncVersionMissing' | 'syncConflictUnknown' | 'syncConflictTwice' | 'syncNotAValue' | 'syncNotAList' | 'syncNotAnOrder' | 'syncNoBoth' | 'syncBadKey' | 'syncBegunAlready' | 'syncTooLongToShow' | 'syncRestorePlaces' | 'syncNoPlace' | 'syncCopyMissing' | 'syncCopyBroken' | 'syncCopyWhileOpen' | 'syncPartOfPlace' | 'syncKeyReserved' | 'syncKeyInWay' | 'syncValueTwice' | 'syncRestoreWhileOpen' | 'syncNumberRounded' | 'syncOlderNothing', now: number, params: Readonly<Record<string, string | number>> = {}): PicferryError => {
  const kind = message === 'syncFileGone' || message === 'syncRestorePlaces' ? 'file' : message === 'syncBusy' ? 'conflict' : message === 'syncVersionMissing' || message === 'syncCopyMissing' ? 'not_found' : 'bad_request';
  return new PicferryError(problemOf({ kind, sub: message, message, params, retryable: message === 'syncBusy' }, now));
};

/** The account was removed, and its documents were not. `name`: the last one that is known, or ''. */
export const goneAccount = (name: string, now: number): PicferryError =>
  new PicferryError(problemOf({ kind: 'bad_request', sub: 'syncAccountGone', message: 'syncAccountGone', params: { name } }, now));

/** The account's host has no documents. */
export const missingSync = (host: string, now: number): PicferryError =>
  new PicferryError(problemOf({ kind: 'bad_request', sub: 'noSync', message: 'syncUnavailable', params: { host } }, now));
