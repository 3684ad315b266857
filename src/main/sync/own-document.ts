import type { Policy } from '../../merge';
import type { DocumentFolder } from './document-folder';
import type { Open } from './record';
import type { DocumentTexts, MergeResult } from './texts';

type Deps = { readonly texts: Pick<DocumentTexts, 'merge'>; readonly files: Pick<DocumentFolder, 'get'> };
/** What a merge was made over and of. */
export type Made = Pick<NonNullable<Open['made']>, 'ancestor' | 'mine'>;

type AsMade = { readonly ancestor: string | null; readonly own: string };

export const madeOf = (files: Pick<DocumentFolder, 'put'>, { ancestor, own }: AsMade): Made => ({ ancestor: ancestor === null ? null : files.put(ancestor), mine: files.put(own) });

/** The merge as it was made, for as long as nobody edited what it put into the file: deciding it goes by what its places were asked about. */
export const asMade = (files: Pick<DocumentFolder, 'get'>, open: Open, sha: string | null): AsMade | null => {
  const { made } = open;
  if (made === null || made.shown !== sha) return null;
  const [ancestor, own] = [made.ancestor === null ? null : files.get(made.ancestor), files.get(made.mine)];
  return own === null || (ancestor === null && made.ancestor !== null) ? null : { ancestor, own };
};

/**
 * What the merge with a further head, over what both have had since, goes on as: the merge it was (`before`), so that what was
 * merged by itself can be looked at, if it comes to the same with this head.
 */
export const madeOver = async ({ texts }: { readonly texts: Pick<DocumentTexts, 'merge' | 'read'> }, before: AsMade | null, now: AsMade, merged: MergeResult, theirs: string, policy: Policy, choices: Open['choices']): Promise<AsMade> => {
  if (before === null || before.ancestor === null || merged.status !== 'conflicts') return now;
  const again = await texts.merge(before.ancestor, before.own, theirs, policy, choices);
  if (again.status !== 'conflicts') return now;
  const ids = new Set([...again.conflicts, ...again.decided].map(({ id }) => id));
  if (ids.size !== merged.conflicts.length || !merged.conflicts.every(({ id }) => ids.has(id))) return now;
  const [a, b] = [await texts.read(again.text, policy), await texts.read(merged.text, policy)];
  return a.ok && b.ok && a.facts.canon === b.facts.canon ? before : now;
};

type File = { readonly text: string; readonly sha: string | null };

/**
 * The person's own document while a merge waits: the file, without what stands in it for the time being. Where the person
 * had deleted, the file shows the other side's value; taking that for the person's would settle the question unasked.
 */
export const ownDocument = async ({ texts, files }: Deps, open: Open | null, file: File, policy: Policy): Promise<string> => {
  const made = open?.made ?? null;
  if (made === null || made.own === made.shown) return file.text;
  const own = files.get(made.own);
  if (own !== null && file.sha === made.shown) return own;
  const shown = files.get(made.shown);
  const put = own !== null && shown !== null ? { shown, own } : await madeAgain({ texts, files }, open, policy);
  if (put === null) return file.text;
  // What was edited since goes before what was there.
  const edited = await texts.merge(put.shown, file.text, put.own, policy, {});
  return edited.status === 'refused' ? file.text : edited.status === 'merged' ? edited.text : edited.own;
};

/**
 * What a merge put into the file (`shown`), the same with the person's side at all open places (`own`), and the base for what
 * comes further (`overlay`): made once more where a text of these that was kept is damaged.
 */
const madeAgain = async ({ texts, files }: Deps, open: Open | null, policy: Policy): Promise<{ readonly shown: string; readonly own: string; readonly overlay: string | null } | null> => {
  const made = open?.made ?? null;
  if (open === null || made === null) return null;
  const [ancestor, mine, theirs] = [made.ancestor === null ? null : files.get(made.ancestor), files.get(made.mine), files.get(open.theirs)];
  if (mine === null || theirs === null || (ancestor === null && made.ancestor !== null)) return null;
  const merged = await texts.merge(ancestor, mine, theirs, policy, {});
  return merged.status === 'conflicts' ? { shown: merged.text, own: merged.own, overlay: merged.overlay } : null;
};

/** The base for what comes further while places are open; null where both sides had nothing in common, or it cannot be had any more. */
export const openBase = async (deps: Deps, open: Open, policy: Policy): Promise<string | null> => (open.base === null ? null : (deps.files.get(open.base) ?? (await madeAgain(deps, open, policy))?.overlay ?? null));

/** The other document in the layout of the person's file, and with what stays on this device. As it is where there is no such file. */
export const inLayoutOf = async (mine: string | null, theirs: string, { texts }: { readonly texts: Pick<DocumentTexts, 'merge' | 'read' | 'shared'> }, policy: Policy): Promise<string> => {
  if (mine === null || isBlank(mine) || !(await texts.read(mine, policy)).ok) return theirs;
  // What stays here is in mine alone: over a base that has it, too, the other side would have deleted it.
  const base = await texts.shared(mine, policy);
  const taken = await texts.merge(base, mine, theirs, policy, {});
  // It goes with what it lies in.
  const whole = taken.status === 'conflicts' ? await texts.merge(base, mine, theirs, policy, Object.fromEntries(taken.conflicts.map(({ id }) => [id, { take: 'theirs' }] as const))) : taken;
  return whole.status === 'merged' ? whole.text : theirs;
};

/** Nothing that a person wrote. */
export const isBlank = (text: string): boolean => /^\ufeff?\s*(?:\{\s*\}|\[\s*\])?\s*$/.test(text);
