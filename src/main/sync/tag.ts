/** What a push says of itself in the version's message: the replacement for a base version that the host does not take. */
export type Tag = {
  readonly op: string;
  /** The version that the push was made on; 0 for none. */
  readonly base: number;
  /** Beginning of the digest of that version's document: a host may use the number again. */
  readonly on?: string | null;
  /** Further versions whose changes it holds. */
  readonly merged: readonly number[];
  /** Beginning of the document's digest, to tell a version that the host altered. */
  readonly digest: string;
  /** Beginning of the digest that tells `{}` from `[]`, where the two differ: a host that folds one into the other shows it by this. */
  readonly exact?: string | null;
  /** The older version whose document this is again, whole or in places. */
  readonly restored?: number | null;
  /** It holds what a person decided about open places, or takes back what they had decided or put back. */
  readonly act?: PersonAct | null;
  /** Versions in this document that the host lost, newest last: the push brings back what is of that time. */
  readonly lost?: readonly Lost[] | null;
};
/** What a person did that a version came of. */
export type PersonAct = 'decided' | 'undone';

/** A version that is gone: a number that may have been used again, and the beginning of the document's digest. */
export type Lost = { readonly version: number; readonly digest: string };

/** Longest tag in characters, all of them ASCII. */
export const LONGEST_TAG = 160;
export const DIGEST_LENGTH = 16;
export const EXACT_LENGTH = 8;
/** In place of that digest: something in the document was an object, and the device that pushed it cannot tell what. */
export const UNTOLD = '0';
/** Of other versions' digests. */
export const LOST_LENGTH = 6;
/** More lost versions than these are not named. */
export const MOST_LOST = 4;

const FORM = / ?\[wz1 o=([0-9A-Za-z-]+) b=(\d+)(?:\.([0-9a-f]+))?(?: m=([\d,-]+))? j=([0-9a-f]+)(?: c=([0-9a-f]+))?(?: r=(\d{1,15}))?(?: a=([du]))?(?: l=([\d.a-f,]+))?\]$/;

/** `3-5,9` for 3, 4, 5, 9. */
const inRanges = (versions: readonly number[]): string[] => {
  const ranges: [number, number][] = [];
  for (const version of [...new Set(versions)].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last !== undefined && version === last[1] + 1) last[1] = version;
    else ranges.push([version, version]);
  }
  return ranges.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`));
};

/** More than any history holds between two syncs; a longer range is not ours. */
const WIDEST_RANGE = 10_000;

const fromRanges = (text: string): number[] | null => {
  const versions: number[] = [];
  for (const part of text.split(',')) {
    const found = /^(\d{1,15})(?:-(\d{1,15}))?$/.exec(part);
    if (found === null) return null;
    const [from, to] = [Number(found[1]), Number(found[2] ?? found[1])];
    if (to < from || to - from > WIDEST_RANGE) return null;
    for (let version = from; version <= to; version += 1) versions.push(version);
  }
  return versions;
};

const lostIn = (text: string): readonly Lost[] =>
  text.split(',').flatMap((one) => {
    const found = /^(\d{1,15})\.([\da-f]+)$/.exec(one);
    return found === null ? [] : [{ version: Number(found[1]), digest: found[2] ?? '' }];
  });

/** The tag as text. Merged versions that do not fit are left out, the oldest first: a reader then merges them once more. */
export const tagText = ({ op, base, on = null, merged, digest, exact = null, restored = null, act = null, lost = null }: Tag): string => {
  const ranges = inRanges(merged);
  const gone = (lost ?? []).map(({ version, digest: of }) => `${version}.${of}`);
  const text = (): string => `[wz1 o=${op} b=${base}${on === null ? '' : `.${on}`}${ranges.length === 0 ? '' : ` m=${ranges.join(',')}`} j=${digest}${exact === null ? '' : ` c=${exact}`}${restored === null ? '' : ` r=${restored}`}${act === null ? '' : ` a=${act === 'decided' ? 'd' : 'u'}`}${gone.length === 0 ? '' : ` l=${gone.join(',')}`}]`;
  while (text().length >= LONGEST_TAG && ranges.length + gone.length > 0) (ranges.length > 0 ? ranges : gone).shift();
  return text();
};

/**
 * A person's note with the tag behind it. Where the host is known to cut messages, the note goes first and whole: the
 * tag is left out unless both fit.
 */
export const withTag = (note: string, tag: Tag, longest: number | null): string => {
  const message = note === '' ? tagText(tag) : `${note} ${tagText(tag)}`;
  return longest !== null && message.length > longest ? note : message;
};

/** The note and the tag of a message; no tag where there is none that can be read. */
export const readMessage = (message: string): { readonly note: string; readonly tag: Tag | null } => {
  const found = FORM.exec(message);
  const merged = found?.[4] === undefined ? [] : fromRanges(found[4]);
  if (found === null || merged === null) return { note: message, tag: null };
  const [, op = '', base, on, , digest = '', exact, restored, act, lost] = found;
  const tag = { op, base: Number(base), ...(on === undefined ? {} : { on }), merged, digest, ...(exact === undefined ? {} : { exact }), ...(restored === undefined ? {} : { restored: Number(restored) }), ...(act === undefined ? {} : { act: act === 'd' ? ('decided' as const) : ('undone' as const) }), ...(lost === undefined ? {} : { lost: lostIn(lost) }) };
  return { note: message.slice(0, found.index), tag };
};
