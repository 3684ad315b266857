import { ownDocument, asMade } from './own-document';
import type { Ledger, LedgerDeps } from './ledger';
import type { DocumentRecord, Open, Standing } from './record';
import type { DocumentTexts } from './texts';

type Deps = Pick<LedgerDeps, 'texts' | 'files'>;

/**
 * A merge that a person had ended, as it waits again once they took that back; null where its questions cannot be put as
 * they were. `before`: what the file held then and holds again; `after`: what it was decided to.
 */
export const askedAgain = async (deps: Deps, ledger: Ledger, open: Open, before: { readonly text: string; readonly sha: string }, after: string): Promise<Pick<Standing, 'open' | 'merged'> | null> => {
  const { base, merged, outbox, policy } = ledger.record;
  // Whether it is at the host cannot be told; or something else is asked by now.
  if (outbox?.sent === 'maybe' || ledger.record.open !== null) return null;
  if (open.from === 'orphan') return merged.includes(open.theirsVersion) ? { open, merged: merged.filter((version) => version !== open.theirsVersion) } : null;
  if (base === null) return null;
  if (base.version === open.theirsVersion) return { open, merged };
  const theirs = await otherSide(deps, open, before, policy);
  const [now, sent] = [await deps.texts.read(before.text, policy), await deps.texts.read(after, policy)];
  if (theirs === null || !now.ok || !sent.ok || !ledger.same(sent, { facts: base })) return null;
  const { files, texts } = deps;
  const again = await texts.merge(theirs.ancestor, theirs.own, theirs.text, policy, {});
  const shown = again.status === 'conflicts' ? await texts.read(again.text, policy) : null;
  if (again.status !== 'conflicts' || shown?.ok !== true || !ledger.same(shown, now)) return null;
  const made = { ancestor: theirs.ancestor === null ? null : files.put(theirs.ancestor), mine: files.put(theirs.own), shown: files.put(before.text), own: files.put(again.own) };
  return {
    // Beside the places that are asked about, the other side is what the host has by now.
    open: { ...open, made, base: again.overlay === null ? null : files.put(again.overlay), theirs: files.put(theirs.text), theirsVersion: base.version, conflicts: [...again.conflicts], choices: {}, over: {} },
    merged,
  };
};

/** The document that was sent, with the other side's values at all places that had been asked about: what the person decided against them included. */
const otherSide = async ({ texts, files }: Deps, open: Open, before: { readonly text: string; readonly sha: string }, policy: DocumentRecord['policy']): Promise<{ readonly ancestor: string | null; readonly own: string; readonly text: string } | null> => {
  const unedited = asMade(files, open, before.sha);
  const ancestor = unedited !== null ? unedited.ancestor : open.base === null ? null : files.get(open.base);
  const theirs = files.get(open.theirs);
  if (theirs === null || (ancestor === null && unedited === null && open.base !== null)) return null;
  const own = unedited?.own ?? (await ownDocument({ texts, files }, open, before, policy));
  const asked = await texts.merge(ancestor, own, theirs, policy, {});
  const text = asked.status === 'conflicts' ? await withTheirs(texts, { ancestor, own, theirs }, asked.conflicts, policy) : null;
  return text === null ? null : { ancestor, own, text };
};

const withTheirs = async (texts: DocumentTexts, sides: { readonly ancestor: string | null; readonly own: string; readonly theirs: string }, conflicts: readonly Open['conflicts'][number][], policy: DocumentRecord['policy']): Promise<string | null> => {
  const taken = await texts.merge(sides.ancestor, sides.own, sides.theirs, policy, Object.fromEntries(conflicts.map(({ id }) => [id, { take: 'theirs' }] as const)));
  return taken.status === 'merged' ? taken.text : null;
};
