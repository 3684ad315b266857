import type { Blocked, ItemKind, ItemState, ItemView, NamedPlaces, NewerSide, ResolverView, SideMaker, ValueFault } from '../../../shared/model/resolver';
import { assertNever } from '../../../shared/assert-never';
import type { SyncPath } from '../../../shared/model/sync';
import { pathWords } from '../../stores/sync-words';
import type { Text, TextKey } from '../../stores/text';

const kindKeys: Readonly<Record<ItemKind, TextKey>> = {
  'edit/edit': 'resolverKindEditEdit',
  'edit/delete': 'resolverKindEditDelete',
  'delete/edit': 'resolverKindDeleteEdit',
  'add/add': 'resolverKindAddAdd',
  type: 'resolverKindType',
  precision: 'resolverKindPrecision',
  order: 'resolverKindOrder',
  list: 'resolverKindList',
  'duplicate-id': 'resolverKindDuplicateId',
  added: 'resolverKindAdded',
  removed: 'resolverKindRemoved',
  edited: 'resolverKindEdited',
  'list-change': 'resolverKindListChange',
  'order-change': 'resolverKindOrderChange',
};

/** How two sides clash. Where no common version is known, nobody can say that a place was added. */
export const kindKey = (kind: ItemKind, hasBase: boolean): TextKey => (kind === 'add/add' && !hasBase ? 'resolverKindDiffer' : kindKeys[kind]);

export const stateKeys: Readonly<Record<ItemState, TextKey>> = {
  open: 'resolverStateOpen',
  base: 'resolverStateBase',
  mine: 'resolverStateMine',
  theirs: 'resolverStateTheirs',
  'both-mine': 'resolverStateBothMine',
  'both-theirs': 'resolverStateBothTheirs',
  edited: 'resolverStateEdited',
  faulty: 'resolverStateFaulty',
  merged: 'resolverStateMerged',
  reverted: 'resolverStateReverted',
  'replaced-mine': 'resolverStateReplacedMine',
  'replaced-theirs': 'resolverStateReplacedTheirs',
};

/** One letter or sign for a state: what it is, without a colour. */
export const stateSigns: Readonly<Record<ItemState, string>> = { open: '?', base: 'B', mine: 'M', theirs: 'T', 'both-mine': 'MT', 'both-theirs': 'TM', edited: 'E', faulty: '!', merged: '✓', reverted: '↺', 'replaced-mine': 'M', 'replaced-theirs': 'T' };

type Words = Pick<Text, 't' | 'number'>;

/** A place in words; the document itself has no steps. */
export const placeText = (path: SyncPath, text: Pick<Text, 't'>): string => (path.length === 0 ? text.t('resolverRoot') : pathWords(path, text).join(' › '));

export const faultWords = (fault: ValueFault, { t }: Pick<Text, 't'>): string => {
  switch (fault.code) {
    case 'not-json':
      return t('resolverFaultJson', { line: fault.line, column: fault.column });
    case 'duplicate-keys':
      return t('resolverFaultTwice', { key: fault.key });
    case 'too-deep':
      return t('resolverFaultDeep', { most: fault.most });
    case 'duplicate-ids':
      return t('resolverFaultIds', { key: fault.key, value: fault.value });
    case 'not-a-list':
      return t('resolverFaultList');
    default:
      return assertNever(fault);
  }
};

export const blockedWords = (blocked: Blocked, text: Words): string => {
  const { t, number } = text;
  switch (blocked.code) {
    case 'open':
      return t('resolverBlockedOpen', { count: blocked.count, formatted: number(blocked.count) });
    case 'fault':
      return t('resolverBlockedFault', { path: placeText(blocked.path, text), fault: faultWords(blocked.fault, text) });
    case 'no-document':
      return t('resolverBlockedNone');
    case 'changed':
      return t('resolverBlockedChanged');
    case 'result':
      return t('resolverBlockedResult', { fault: faultWords(blocked.fault, text) });
    default:
      return assertNever(blocked);
  }
};

export const leftWords = (left: number, { t, number }: Words): string => (left === 0 ? t('resolverLeftNone') : t('resolverLeft', { count: left, formatted: number(left) }));

/** `7 conflicts: 3 left`, and how many needed nobody. */
export const countWords = (view: ResolverView, text: Words): readonly string[] => {
  const { t, number } = text;
  if (view.whole !== null) return [t('resolverConflicts', { count: view.conflicts, formatted: number(view.conflicts) }) + t('resolverColon') + t(view.whole === 'mine' ? 'resolverReplacedMine' : 'resolverReplacedTheirs')];
  return [
    ...(view.conflicts === 0 ? [] : [`${t('resolverConflicts', { count: view.conflicts, formatted: number(view.conflicts) })}${text.t('resolverColon')}${leftWords(view.open, text)}`]),
    ...(view.merged === 0 ? [] : [t('resolverMerged', { count: view.merged, formatted: number(view.merged) })]),
    ...(view.reverted === 0 ? [] : [t('resolverReverted', { count: view.reverted, formatted: number(view.reverted) })]),
  ];
};

const ID_SHOWN = 8;
const MOST_INNER = 8;

/** Who made theirs, by the best name that is known, and when. */
export const makerWords = ({ device, deviceId, version, at, note }: SideMaker, { t, moment }: Pick<Text, 't' | 'moment'>): string =>
  [device ?? (deviceId === null ? null : t('syncDeviceId', { id: deviceId.slice(0, ID_SHOWN) })), version === null ? null : t('resolverVersion', { version }), at === null ? null : moment(at), note === '' ? null : note].filter((part) => part !== null).join(' · ');

/** What is changed inside of a place, the first few; a place that has no inside is none of them. */
export const innerPaths = ({ inner, path }: Pick<ItemView, 'inner' | 'path'>): readonly SyncPath[] => {
  const own = JSON.stringify(path);
  return inner.filter((one) => JSON.stringify(one) !== own).slice(0, MOST_INNER);
};

/** What a side had at a place, and what it has now. */
export const newerWords = ({ side, was, is }: NewerSide, { t }: Pick<Text, 't'>): string => t(side === 'mine' ? 'resolverNewerMine' : 'resolverNewerTheirs', { was: was ?? t('resolverGone'), is: is ?? t('resolverGone') });

/** What the person decided over values that are others now, and what they typed that does not count. */
export const stillWords = ({ had, draft }: Pick<ItemView, 'had' | 'draft'>, { t }: Pick<Text, 't'>): readonly string[] => [
  ...(had === null ? [] : [t('resolverHad', { state: t(stateKeys[had]) })]),
  ...(draft === null ? [] : [t('resolverDraft')]),
];

const namedWords = ({ count, paths }: NamedPlaces, text: Words): string => {
  const names = paths.map((path) => placeText(path, text)).join(text.t('resolverComma'));
  const more = count - paths.length;
  return more <= 0 ? names : `${names}${text.t('resolverNamedMore', { count: more, formatted: text.number(more) })}`;
};

/** What came from elsewhere: which choices stay, what wants another look, what is closed and what is new, by name. */
export const incomingWords = (incoming: NonNullable<ResolverView['incoming']>, text: Words): readonly string[] =>
  [
    ['resolverIncomingKept', incoming.kept] as const,
    ['resolverIncomingAgain', incoming.again] as const,
    ['resolverIncomingClosed', incoming.closed] as const,
    ['resolverIncomingAdded', incoming.added] as const,
  ].flatMap(([key, places]) => (places.count === 0 ? [] : [text.t(key, { names: namedWords(places, text) })]));
