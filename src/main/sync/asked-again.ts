import { ownDocument, asMade } from './own-document';
import type { Ledger, LedgerDeps } from './ledger';
import type { DocumentRecord, Open, Standing } from './record';
import type { DocumentTexts } from './texts';

type Deps = Pick<LedgerDeps, 'texts' | 'files'>;

/**
 * A merge that a person had ended, as it waits again once they took that back; null where its questions cannot be put as
 * they were. `before`: what the file held then and holds again. `after`: what they had decided, which is what the file holds.
 */
export const askedAgain = async (deps: Deps, ledger: Ledger, open: Open, before: File, after: string): Promise<Pick<Standing, 'open' | 'merged'> | null> => {
  const { base, merged, outbox, policy } = ledger.record;
  // Something else is asked by now.
  if (ledger.record.open !== null || base === null) return null;
  const isUnsent = open.from === 'orphan' ? merged.includes(open.theirsVersion) : base.version === open.theirsVersion;
  if (isUnsent && outbox?.sent !== 'maybe') return { open, merged: withoutTaken(merged, open) };
  const { files, texts } = deps;
  const sides = await sidesAgain(deps, open, before, policy);
  const asked = sides === null ? null : await texts.merge(sides.ancestor, sides.own, sides.theirs, policy, {});
  if (sides === null || asked?.status !== 'conflicts') return null;
  const [shown, was] = [await texts.read(asked.text, policy), await texts.read(before.text, policy)];
  if (!shown.ok || !was.ok) return null;
  // Whoever edited the file while it waited does not see what the merge puts there.
  const isShown = ledger.same(shown, was);
  const made = { ancestor: sides.ancestor === null ? null : files.put(sides.ancestor), mine: files.put(sides.own), shown: files.put(isShown ? before.text : asked.text), own: files.put(asked.own) };
  return {
    open: { ...open, from: 'head', made, again: files.put(after), base: asked.overlay === null ? null : files.put(asked.overlay), theirs: files.put(sides.theirs), theirsVersion: base.version, conflicts: [...asked.conflicts], asksOther: !isShown, choices: {}, over: {}, unsent: isUnsent ? withoutUnsent(open) : null },
    merged,
  };
};

/** The same once it is known that the decision did not arrive: the merge as it was, with what was decided since. */
export const askedAsItWas = ({ open, merged }: Pick<DocumentRecord, 'open' | 'merged'>): Pick<Standing, 'open' | 'merged'> | null => {
  if (open?.unsent == null) return null;
  const { unsent, choices, over } = open;
  const ids = new Set(unsent.conflicts.map(({ id }) => id));
  const still = <T>(of: Readonly<Record<string, T>>): Record<string, T> => Object.fromEntries(Object.entries(of).filter(([id]) => ids.has(id)));
  return { open: { ...unsent, choices: still(choices), over: still(over), asksOther: true, unsent: null }, merged: withoutTaken(merged, unsent) };
};

/** An overwritten version counts as merged only when its last place is decided. */
const withoutTaken = (merged: readonly number[], { from, theirsVersion }: Pick<Open, 'from' | 'theirsVersion'>): number[] => merged.filter((version) => from === 'head' || version !== theirsVersion);

const withoutUnsent = ({ unsent: _unsent, ...open }: Open): NonNullable<Open['unsent']> => open;

/**
 * A further head and what both have in common, as they are for a question that waits again: as if what was decided then had
 * never been sent. `again`: what the head is without that, for the next one.
 */
export const asIfUnsent = async ({ texts, files }: Deps, open: Open | null, head: string, common: string | null, policy: DocumentRecord['policy']): Promise<{ readonly theirs: string; readonly common: string | null; readonly again: string | null }> => {
  const [sent, theirs, before] = [open?.again, open?.theirs, open?.base].map((blob) => (blob == null ? null : files.get(blob)));
  if (sent == null || theirs == null) return { theirs: head, common, again: null };
  return {
    theirs: (await taking(texts, 'theirs', { ancestor: sent, own: theirs, theirs: head }, policy)) ?? head,
    common: common === null || before == null ? common : ((await taking(texts, 'mine', { ancestor: theirs, own: before, theirs: common }, policy)) ?? common),
    again: head,
  };
};

type File = { readonly text: string; readonly sha: string };
type Sides = { readonly ancestor: string | null; readonly own: string; readonly theirs: string };

/** The sides that the questions were about, and of those that come again theirs: the decided document with the other side's values at all of their places. */
const sidesAgain = async ({ texts, files }: Deps, open: Open, before: File, policy: DocumentRecord['policy']): Promise<Sides | null> => {
  const unedited = asMade(files, open, before.sha);
  const ancestor = unedited !== null ? unedited.ancestor : open.base === null ? null : files.get(open.base);
  const theirs = files.get(open.theirs);
  if (theirs === null || (ancestor === null && unedited === null && open.base !== null)) return null;
  const own = unedited?.own ?? (await ownDocument({ texts, files }, open, before, policy));
  const whole = await taking(texts, 'theirs', { ancestor, own, theirs }, policy);
  return whole === null ? null : { ancestor, own, theirs: whole };
};

/** The merge with one side taken wherever they clash. */
const taking = async (texts: DocumentTexts, take: 'mine' | 'theirs', { ancestor, own, theirs }: Sides, policy: DocumentRecord['policy']): Promise<string | null> => {
  const merged = await texts.merge(ancestor, own, theirs, policy, {});
  if (merged.status !== 'conflicts') return merged.status === 'merged' ? merged.text : null;
  const taken = await texts.merge(ancestor, own, theirs, policy, Object.fromEntries(merged.conflicts.map(({ id }) => [id, { take }] as const)));
  return taken.status === 'merged' ? taken.text : null;
};
