import type { Ledger, LedgerDeps } from './ledger';
import type { RemoteView } from './remote-view';
import { UNTOLD } from './tag';

/** A host may make lists of empty objects and of objects whose keys count up, as PHP's arrays do. What a version was is told by its tag, and by documents that have it still. */
export class Folding {
  constructor(
    private readonly deps: Pick<LedgerDeps, 'texts'>,
    private readonly ledger: Ledger,
  ) {}

  /** Looks whether a version shows that the host does so. */
  learn(view: RemoteView): void {
    const { host } = this.ledger.record;
    if (!host.foldsEmpty && view.folds()) this.ledger.step({ host: { ...host, foldsEmpty: true } });
  }

  /** A version's document as it was pushed, and whether that can be told. The references show what stood there before. */
  async version(view: RemoteView, version: number, text: string, ...references: readonly (string | null)[]): Promise<{ readonly text: string; readonly told: boolean; readonly verified: boolean }> {
    const shown = await this.restored(text, ...references);
    const tag = view.tag(version);
    if (!this.ledger.record.host.foldsEmpty || tag === null || (tag.exact ?? null) === null) return { text: shown, told: true, verified: false };
    // Who pushed it did not know; who has been there knows it better.
    if (tag.exact === UNTOLD) return { text: shown, told: !this.ledger.record.folded && references.some((one) => one !== null), verified: false };
    const sent = { digest: tag.digest, exact: tag.exact ?? '' };
    const { policy } = this.ledger.record;
    for (const one of new Set([shown, text])) {
      const found = await this.deps.texts.unfold(one, sent, policy);
      if (found.is !== 'untold') return { text: found.text, told: true, verified: found.is === 'sent' };
    }
    return { text: shown, told: false, verified: false };
  }

  /** The same, and notes on the document what cannot be told, until a version shows that all of it is known again. */
  async taken(view: RemoteView, version: number, text: string, ...references: readonly (string | null)[]): Promise<string> {
    const { text: taken, told, verified } = await this.version(view, version, text, ...references);
    const { folded } = this.ledger.record;
    if (folded ? verified : !told) this.ledger.step({ folded: !folded });
    return taken;
  }

  /** Undoes it as far as the references show what stood there. */
  async restored(text: string, ...references: readonly (string | null)[]): Promise<string> {
    if (!this.ledger.record.host.foldsEmpty) return text;
    const { texts } = this.deps;
    let restored = text;
    for (const reference of references) if (reference !== null && (await this.isReadable(reference))) restored = await texts.restore(restored, reference);
    return restored;
  }

  /** What both stand on may be known in the host's form only; both sides then show what it was. */
  async base(ancestor: string | null, mine: string, theirs: string): Promise<string | null> {
    return ancestor === null || !(await this.isReadable(ancestor)) ? ancestor : this.restored(ancestor, mine, theirs);
  }

  async isReadable(text: string): Promise<boolean> {
    return (await this.deps.texts.read(text, this.ledger.record.policy)).ok;
  }
}
