import type { Folding } from './folding';
import type { Ledger, LedgerDeps } from './ledger';
import { inLayoutOf } from './own-document';
import type { Agreed } from './record';
import type { RemoteView } from './remote-view';
import { syncProblem } from './sync-problems';
import { readMessage } from './tag';

/**
 * A host that lost versions, or has others in their place: what this device stands on is looked for among what it still has,
 * and where that cannot be told a person is asked.
 */
export class OlderHost {
  constructor(
    private readonly deps: Pick<LedgerDeps, 'texts' | 'now'>,
    private readonly ledger: Ledger,
    private readonly folding: Folding,
  ) {}

  /** Finds what this device stands on among what the host still has. Null: nothing is lost. */
  async lookForLoss(view: RemoteView): Promise<Lost | null> {
    const { base, known, seen } = this.ledger.record;
    if (base !== null) {
      const lost = await this.#lookForBase(view, base);
      if (lost !== null) return lost;
    }
    // What was merged since then may be gone as well.
    const last = known.find(({ version }) => version === seen && version > (base?.version ?? 0));
    if (last === undefined || (view.head.version >= seen && isStill({ version: seen, hash: view.row(seen)?.hash ?? null }, last))) return null;
    this.#standOn(await this.#survivor(view), view);
    return 'again';
  }

  async #lookForBase(view: RemoteView, base: Agreed): Promise<Lost | null> {
    if (view.head.version < base.version) return (await this.#isPutBack(view, base)) ? 'again' : this.rollBack(view.head.version);
    const hash = base.version === view.head.version ? view.head.hash : (view.row(base.version)?.hash ?? null);
    if (hash === null || base.hash === null || hash === base.hash) return null;
    const there = await view.content(base.version);
    if (there === null || !this.ledger.same(there, { facts: base })) return this.#rewritten(view, base);
    this.ledger.step({ base: { ...base, hash } });
    return null;
  }

  /** Another device has put back what this one stands on, and says so or has just that: nothing is lost that anybody could be asked about. */
  async #isPutBack(view: RemoteView, base: Agreed): Promise<boolean> {
    const survivor = await this.#survivor(view);
    const isSaid = view.rows.some(({ version }) => version > (survivor?.version ?? 0) && (view.tag(version)?.lost ?? []).some((one) => one.version === base.version && base.loose.startsWith(one.digest)));
    if (survivor !== null && (isSaid || this.ledger.same(view.head, { facts: base }))) {
      this.#standOn(survivor, view);
      return true;
    }
    // Its versions begin anew. An open merge would not know what it was made over.
    if (survivor !== null || this.ledger.record.open !== null || !this.ledger.same(view.head, { facts: base })) return false;
    const reach = view.head.version;
    this.#standOn(null, view);
    this.ledger.step({ ...this.ledger.agreed(view.head, view.head.facts, view.head.text), ...this.ledger.seen(reach, view.rows) });
    return true;
  }

  /** The number stands for something else now. A push that shows what it was made on can be merged; anything else is a question. */
  async #rewritten(view: RemoteView, base: Agreed): Promise<Lost> {
    const row = view.row(base.version);
    const tagged = row !== null && readMessage(row.message).tag !== null;
    if (!tagged) return this.rollBack(view.head.version);
    const survivor = await this.#survivor(view);
    if (survivor === null) return this.rollBack(view.head.version);
    this.#standOn(survivor, view);
    return 'again';
  }

  /** A number below the base may have been used again after it was read: what it stands for now was never seen here. True: something was found. */
  async lookForReplaced(view: RemoteView): Promise<boolean> {
    this.ledger.forgetGone(view.head.version, (version) => view.row(version));
    const { base, ring } = this.ledger.record;
    for (const one of ring) {
      const row = view.row(one.version);
      if (row === null || isStill(row, one) || one.version >= (base?.version ?? 0)) continue;
      const there = await view.content(one.version);
      if (there === null) continue;
      const isSame = this.ledger.same(there, { facts: one });
      this.ledger.step(isSame ? this.ledger.renamed(one, row.hash) : this.ledger.replaced(one));
      if (!isSame) return true;
    }
    return false;
  }

  /** The newest version in this document that the host still has. */
  async #survivor(view: RemoteView): Promise<Agreed | null> {
    const { ring, known, seen, merged } = this.ledger.record;
    await view.readDownTo(Math.min(ring[0]?.version ?? 0, known[0]?.version ?? 0));
    const here = known.filter(({ version }) => version <= seen || merged.includes(version));
    const left = [...here, ...ring].filter(({ version, hash }) => view.row(version)?.hash === hash && hash !== null).sort((a, b) => b.version - a.version);
    for (const { version, hash } of left) {
      const kept = ring.find((one) => one.version === version);
      if (kept !== undefined) return kept;
      const there = await view.content(version);
      if (there !== null) return this.ledger.agreed({ version, hash }, there.facts, there.text).base;
    }
    return null;
  }

  #standOn(survivor: Agreed | null, view: RemoteView | null): void {
    const version = survivor?.version ?? 0;
    // A survivor may have been brought back above numbers that others used meanwhile: what these have now is not in it.
    const again = this.ledger.record.known.filter(({ version: of, hash }) => of < version && (view?.row(of)?.hash ?? hash) !== hash);
    const seen = Math.min(this.ledger.record.seen, version, ...again.map(({ version: of }) => of - 1));
    const operations = this.ledger.record.operations.map((one) => (one.version !== null && one.version > version ? { ...one, version: null } : one));
    // Who had merged what lies beside it said so in a push that is gone.
    const beside = view?.beside(version).filter((one) => one <= seen) ?? [];
    const merged = [...new Set([...this.ledger.record.merged.filter((one) => one <= version), ...beside])];
    this.ledger.step({ ...this.ledger.lostAbove(version), base: survivor, seen, merged, operations, resolutions: [], open: null });
  }

  /** Leaves it to a person. */
  rollBack(headVersion: number): 'rolled-back' {
    this.ledger.step({ rolledBack: { headVersion } });
    return 'rolled-back';
  }

  /** A person's answer to a host with older data: our newer data goes back there, or the file becomes what the host has. */
  async answer(keep: 'mine' | 'theirs', view: RemoteView | null): Promise<void> {
    if (keep === 'theirs' && view === null) throw syncProblem('syncOlderNothing', this.deps.now(), { key: this.ledger.record.fileKey });
    const mine = await this.ledger.mine();
    if (mine !== null) this.ledger.backUp('older', [['mine', mine.text]]);
    const answered = { rolledBack: null, outbox: null, epoch: this.ledger.record.epoch + 1 };
    if (keep === 'mine' || view === null) {
      this.#standOn(view === null ? null : await this.#survivor(view), view);
      this.ledger.step(answered);
      return;
    }
    const seen = await view.reachOfHead();
    this.#standOn(null, view);
    const theirs = await inLayoutOf(mine?.text ?? null, await this.folding.whole(view, view.head.version, view.head.text), this.deps, this.ledger.record.policy);
    this.ledger.canTakeBack(mine?.text ?? null, theirs);
    this.ledger.step({ ...answered, lost: [], lostBase: null, lostFrom: null });
    this.ledger.apply(theirs, mine?.sha ?? null, { ...this.ledger.agreed(view.head, view.head.facts, view.head.text), seen, open: null });
  }
}

type Lost = 'again' | 'rolled-back';

/** Whether the row, if it is about this version, is not about another one of its number. */
export const isStill = (row: Pick<Agreed, 'version' | 'hash'>, { version, hash }: Pick<Agreed, 'version' | 'hash'>): boolean => row.version !== version || row.hash === null || hash === null || row.hash === hash;
