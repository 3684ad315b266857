import { decidedOf, type Ledger, type LedgerDeps } from './ledger';
import { decisionsIn } from './decisions';
import { openBase } from './own-document';
import type { Decided, Open } from './record';
import type { MergeResult } from './texts';

/** A merge that asks a person what it cannot tell, with what they have decided so far. */
export type Asked = {
  readonly result: MergeResult;
  /** What it was made over and of. */
  readonly base: string | null;
  readonly own: string;
  /** The decisions about places that it still asks about. */
  readonly choices: Open['choices'];
  /** Whether others were made, and what is told of them from now on. */
  readonly kept: { readonly decided?: Decided[] } | null;
};

/** Questions to a person, and what they decided while these waited. */
export class Asking {
  constructor(
    private readonly deps: Pick<LedgerDeps, 'texts' | 'files' | 'now'>,
    private readonly ledger: Ledger,
  ) {}

  /** Merges over the common document. */
  merge(base: string | null, own: string, theirs: string, choices: Open['choices']): Promise<MergeResult> {
    return this.deps.texts.merge(base, own, theirs, this.ledger.record.policy, choices);
  }

  /**
   * The same while a person decides. What was decided shows in the text, and can be decided anew, while its question stays
   * the same. Where it does not, the decision is carried out, or is this device's own value in the question that comes now.
   */
  async ask(base: string | null, own: string, theirs: string, file: string): Promise<Asked> {
    const { open } = this.ledger.record;
    const result = await this.merge(base, own, theirs, {});
    if (open === null || result.status === 'refused' || Object.keys(open.choices).length === 0) return { result, base, own, choices: {}, kept: null };
    const stale = staleIn(open, result);
    const asked = stale.length === 0 ? null : await this.#keep(open, stale, { base, mine: own, theirs, file });
    if (asked === null) return this.#shown(open, theirs, { result, base, own, kept: null });
    const again = await this.merge(asked.base, asked.own, theirs, {});
    return this.#shown(open, theirs, { result: again, ...asked });
  }

  async #shown(open: Open, theirs: string, asked: Omit<Asked, 'choices'>): Promise<Asked> {
    const { result, base, own } = asked;
    const ids = new Set(result.status === 'conflicts' ? result.conflicts.map(({ id }) => id) : []);
    const choices = Object.fromEntries(Object.entries(open.choices).filter(([id]) => ids.has(id)));
    if (result.status !== 'conflicts' || Object.keys(choices).length === 0) return { ...asked, choices };
    const shown = await this.merge(base, own, theirs, choices);
    return { ...asked, choices, result: shown.status === 'refused' ? shown : { ...result, text: shown.text } };
  }

  async #keep(open: Open, stale: Open['conflicts'], now: { readonly base: string | null; readonly mine: string; readonly theirs: string; readonly file: string }): Promise<Pick<Asked, 'base' | 'own' | 'kept'> | null> {
    const { texts, files } = this.deps;
    const { decided, policy } = this.ledger.record;
    const [base, theirs] = [await openBase(this.deps, open, policy), files.get(open.theirs)];
    if (theirs === null) return null;
    const decisions = stale.flatMap((conflict) => {
      const [choice, over] = [open.choices[conflict.id], open.over[conflict.id]];
      return choice === undefined ? [] : [{ conflict, choice, file: over === undefined ? null : files.get(over) }];
    });
    const kept = await texts.keep(now, { base, theirs }, decisions, policy);
    // What was typed is told of also where the person wrote something else into the file afterwards.
    const told = new Set([...kept.carried, ...kept.overtaken.filter((id) => open.choices[id]?.take === 'edited')]);
    const fresh = decisionsIn({ ...open, conflicts: stale.filter(({ id }) => told.has(id)) }, this.deps.now());
    return { base: kept.base, own: kept.mine, kept: fresh.length === 0 ? {} : { decided: decidedOf(decided, fresh) } };
  }
}

/** Places that were decided and are not asked about, or not so, by this merge. */
const staleIn = ({ conflicts, choices }: Open, result: MergeResult): Open['conflicts'] => {
  const ids = new Set(result.status === 'conflicts' ? result.conflicts.map(({ id }) => id) : []);
  return conflicts.filter(({ id }) => Object.hasOwn(choices, id) && !ids.has(id));
};
