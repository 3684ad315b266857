import { assertNever } from '../../shared/assert-never';
import type { SyncCopy, SyncCopyCause, SyncCounts, SyncDocument, SyncKind, SyncMeeting, SyncName, SyncPath, SyncStep, SyncVersionCounts, SyncVersionSide } from '../../shared/model/sync';
import { keyWords } from '../../shared/place-text';
import type { Text, TextKey } from './text';

export type SyncTone = 'ok' | 'neutral' | 'accent' | 'warn' | 'danger';
type Stand = Pick<SyncDocument, 'state' | 'running' | 'waiting' | 'conflicts' | 'newer'>;

export const sameDocument = (a: SyncName, b: SyncName): boolean => a.account === b.account && a.fileKey === b.fileKey;
export const nameOf = ({ account, fileKey }: SyncName): SyncName => ({ account, fileKey });
/** One text per document, for keys, ids and what messages are about. */
export const documentId = ({ account, fileKey }: SyncName): string => `${account} ${fileKey}`;

/** The account that a document syncs through, as people know it; one that was removed by its last name. */
export const accountOf = ({ account, problem }: Pick<SyncDocument, 'account' | 'problem'>, accounts: readonly { readonly id: string; readonly name: string }[], { t, account: called }: Pick<Text, 't' | 'account'>): string => {
  const name = accounts.find(({ id }) => id === account)?.name;
  if (name !== undefined) return called(name);
  return String(problem?.params?.['name'] ?? '') || t('syncAccountRemoved');
};

/** What accounts are called, by their ids: those that are here, and those that would come. */
export const accountNames = (here: readonly { readonly id: string; readonly name: string }[], rows: readonly Pick<SyncMeeting, 'path' | 'there' | 'cut'>[]): ReadonlyMap<string, string> => {
  const coming = rows.flatMap(({ path: [id, ...inner], there, cut }) => {
    const account: unknown = typeof id !== 'string' || inner.length > 0 || there === undefined || cut ? null : JSON.parse(there);
    return typeof id === 'string' && typeof account === 'object' && account !== null && 'name' in account && typeof account.name === 'string' ? [[id, account.name] as const] : [];
  });
  return new Map([...coming, ...here.map(({ id, name }) => [id, name] as const)]);
};

/** How a document stands, in words. */
export const stateWords = ({ state, running, waiting, conflicts, newer }: Stand, { t, number }: Pick<Text, 't' | 'number'>): string => {
  if (running) return t('syncStateRunning');
  switch (state) {
    case 'new':
      return t('syncStateNew');
    case 'first-choice':
      return t('syncStateFirst');
    case 'up-to-date':
      return newer === null ? t('syncStateClean') : t('syncStateNewer', { version: newer });
    case 'changes-waiting':
      return t('syncStateWaiting', { count: Math.max(1, waiting), formatted: number(Math.max(1, waiting)) });
    case 'offline':
      return waiting > 0 ? t('syncStateOfflineWaiting', { formatted: number(waiting) }) : t('syncStateOffline');
    case 'conflict':
      return t('syncStateConflict', { formatted: number(conflicts) });
    case 'server-older':
      return t('syncStateOlder');
    case 'paused':
      return waiting > 0 ? t('syncStatePausedWaiting', { formatted: number(waiting) }) : t('syncStatePaused');
    case 'sign-in-needed':
      return t('syncStateSignIn');
    case 'failed':
      return t('syncStateFailed');
    default:
      return assertNever(state);
  }
};

/** What the file is beside the versions. One that cannot be read is like none of them. */
export const fileWords = ({ waiting, version, newer, problem }: Pick<SyncDocument, 'waiting' | 'version' | 'newer' | 'problem'>, { t, number }: Pick<Text, 't' | 'number'>): string => {
  if (problem?.sub === 'syncFileGone') return t('syncFileNowGone');
  if (problem?.kind === 'file') return t('syncFileNowUnread');
  if (waiting > 0) return t('syncFileNowWaiting', { count: waiting, formatted: number(waiting) });
  if (version === null) return '';
  return newer === null ? t('syncFileNowClean', { version }) : t('syncFileNowBehind', { version, newer });
};

const tones: Readonly<Record<SyncDocument['state'], SyncTone>> = {
  new: 'neutral',
  'first-choice': 'warn',
  'up-to-date': 'ok',
  'changes-waiting': 'accent',
  offline: 'neutral',
  conflict: 'warn',
  'server-older': 'danger',
  paused: 'neutral',
  'sign-in-needed': 'warn',
  failed: 'danger',
};
export const stateTone = ({ state, running, newer }: Stand): SyncTone => (running || (state === 'up-to-date' && newer !== null) ? 'accent' : tones[state]);

const kinds: Readonly<Record<Exclude<SyncKind, 'file'>, TextKey>> = { settings: 'syncKindSettings', accounts: 'syncKindAccounts', index: 'syncKindIndex', library: 'syncKindLibrary', 'library-part': 'syncKindLibrary' };

/** What people call a document: its key, or the words for a part of Picferry's own data. */
export const documentName = ({ fileKey, kind }: Pick<SyncDocument, 'fileKey' | 'kind'>, { t }: Pick<Text, 't'>): string => (kind === 'file' ? fileKey : t(kinds[kind]));

const stepWords = (step: SyncStep, { t }: Pick<Text, 't'>): string => {
  if (typeof step === 'string') return keyWords(step);
  if ('idKey' in step) return `${step.idKey} ${step.idValue}`;
  const [from, to] = step.list;
  if (from === to) return t('syncGap', { from: from + 1 });
  if (to - from === 1) return t('syncItem', { from: to });
  return t('syncItems', { count: to - from, from: from + 1, to });
};

/** A place in a document as its steps in words; the document itself has none. */
export const pathWords = (path: SyncPath, text: Pick<Text, 't'>): readonly string[] => path.map((step) => stepWords(step, text));
export const pathText = (path: SyncPath, text: Pick<Text, 't'>): string => (path.length === 0 ? text.t('syncRoot') : pathWords(path, text).join(' › '));

/** `+3 ~5 −1`, and the same in words. */
export const countsWords = ({ added, edited, removed }: SyncCounts, { t, number }: Pick<Text, 't' | 'number'>): { readonly short: string; readonly long: string } => {
  if (added + edited + removed === 0) return { short: t('syncPathsNone'), long: t('syncPathsNone') };
  const params = { added: number(added), edited: number(edited), removed: number(removed) };
  return { short: t('syncPaths', params), long: t('syncPathsWords', params) };
};

/** `+14 B`, and the size in words. */
export const sizeWords = ({ bytes, grown }: Pick<SyncVersionCounts, 'bytes' | 'grown'>, { t, bytes: sized }: Pick<Text, 't' | 'bytes'>): { readonly short: string; readonly long: string } => {
  const size = sized(bytes);
  if (grown === null) return { short: size, long: t('syncSizeFirst', { size }) };
  if (grown === 0) return { short: '±0', long: t('syncSizeSame', { size }) };
  const by = sized(Math.abs(grown));
  return grown > 0 ? { short: `+${by}`, long: t('syncSizeGrown', { size, by }) } : { short: `−${by}`, long: t('syncSizeShrunk', { size, by }) };
};

export const sideWords = (side: SyncVersionSide, { t }: Pick<Text, 't'>): string => (side === 'file' ? t('syncFileShort') : t('syncVersionShort', { version: side }));

const causes = {
  merge: 'syncCopyMerge',
  decided: 'syncCopyDecided',
  restore: 'syncCopyRestore',
  'put-back': 'syncCopyPut',
  undo: 'syncCopyUndo',
  begin: 'syncCopyBegin',
  older: 'syncCopyOlder',
  push: 'syncCopyPush',
} as const satisfies Readonly<Record<SyncCopyCause, TextKey>>;
const makers = { mine: 'syncCopyMine', theirs: 'syncCopyTheirs', pushed: 'syncCopyPushed' } as const satisfies Readonly<Record<SyncCopy['whose'], TextKey>>;

/** Whose text a copy is, and what it was kept before. */
export const copyWords = ({ whose, cause }: Pick<SyncCopy, 'whose' | 'cause'>, { t }: Pick<Text, 't'>): { readonly whose: string; readonly why: string | null } => ({ whose: t(makers[whose]), why: cause === null ? null : t(causes[cause]) });

/** The older one first; the file is newer than every version. */
export const inOrder = (a: SyncVersionSide, b: SyncVersionSide): readonly [before: SyncVersionSide, after: SyncVersionSide] => {
  if (a === 'file') return [b, a];
  if (b === 'file') return [a, b];
  return a <= b ? [a, b] : [b, a];
};

const UNITS: readonly (readonly [limit: number, unit: Intl.RelativeTimeFormatUnit, ms: number])[] = [
  [60_000, 'second', 1000],
  [3_600_000, 'minute', 60_000],
  [86_400_000, 'hour', 3_600_000],
  [Infinity, 'day', 86_400_000],
];
const formats = new Map<string, Intl.RelativeTimeFormat>();

/** As long as nobody could say it in minutes. */
const MOMENT_MS = 60_000;

/** When a document was synced last; the time it is compared with may be a moment old. */
export const lastSyncWords = ({ lastSync: at, state }: Pick<SyncDocument, 'lastSync' | 'state'>, now: number, { t, language }: Pick<Text, 't' | 'language'>): string => {
  // A first meeting that was merged has begun: only what a person decides is missing.
  if (at === null) return t(state === 'conflict' ? 'syncFirstUnfinished' : 'syncNever');
  if (at <= now - MOMENT_MS) return t('syncLastSync', { time: relativeTime(at, now, language) });
  return t('syncMomentAgo');
};

/** What is wrong with a document, and when it is tried again; null when nothing is, or when nobody tries. */
export const wrongWords = ({ state, problem, nextTry }: Pick<SyncDocument, 'state' | 'problem' | 'nextTry'>, now: number, { t, problem: said, sentences, language }: Pick<Text, 't' | 'problem' | 'sentences' | 'language'>): string | null => {
  if (problem === null || state === 'paused') return null;
  return sentences(said(problem), nextTry !== null && nextTry > now ? t('syncNextTry', { time: relativeTime(nextTry, now, language) }) : null);
};

/** `3 minutes ago`, `in 20 seconds`; Chinese has its short units, and a space behind a number as everywhere. */
export const relativeTime = (at: number, now: number, language: string): string => {
  const format = formats.get(language) ?? new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: language === 'zh-CN' ? 'short' : 'long' });
  formats.set(language, format);
  const off = at - now;
  const [, unit, ms] = UNITS.find(([limit, , ms]) => Math.round(Math.abs(off) / ms) * ms < limit) ?? ['', 'day', 86_400_000];
  const words = format.format(Math.round(off / ms), unit);
  return language === 'zh-CN' ? words.replace(/\d(?=\p{Script=Han})/gu, '$& ') : words;
};
