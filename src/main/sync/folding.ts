import type { Ledger, LedgerDeps } from './ledger';
import type { RemoteView } from './remote-view';
import { UNTOLD } from './tag';

/** A version's document as it was pushed. */
export type Told = {
  readonly text: string;
  /** Whether all of it can be told. */
  readonly told: boolean;
  /** Whether its tag shows that it is just that. */
  readonly verified: boolean;
};
type References = readonly (string | null)[];

/** More versions below one whose pusher could not tell it are not looked at. */
const MOST_BELOW = 16;

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

  /** A version's document as it was pushed, and whether that can be told. The references show what stood there before; the last one is this device's own. */
  async version(view: RemoteView, version: number, text: string, ...references: References): Promise<Told> {
    this.learn(view);
    const tag = view.tag(version);
    if (tag?.exact === UNTOLD) return this.#ofUntold(view, version, text, references);
    const shown = await this.restored(text, ...references);
    const { policy, host, folded } = this.ledger.record;
    if (tag === null || !(host.foldsEmpty || folded)) return { text: shown, told: true, verified: false };
    const exact = tag.exact ?? null;
    if (exact === null) {
      // Nothing in it was an object that a host makes a list of, whatever stands there in others.
      const read = await this.deps.texts.read(text, policy);
      const isIt = read.ok && read.facts.canon.startsWith(tag.digest);
      return { text: isIt ? text : shown, told: true, verified: isIt };
    }
    for (const one of new Set([shown, text])) {
      const found = await this.deps.texts.unfold(one, { digest: tag.digest, exact }, policy);
      if (found.is !== 'untold') return { text: found.text, told: true, verified: found.is === 'sent' };
    }
    return { text: shown, told: false, verified: false };
  }

  /** Who pushed it could not tell all of it. Whoever has been at what it stands on, or is told of that, knows it better. */
  async #ofUntold(view: RemoteView, version: number, text: string, references: References): Promise<Told> {
    const { base, seen, merged, folded } = this.ledger.record;
    const has = (one: number): boolean => (base !== null && one <= seen) || merged.includes(one);
    const known = [...references];
    const below = view.olderParents(version).filter((one) => one > 0);
    let told = !folded && below.length > 0;
    const looked = new Set([0]);
    for (let one = below.shift(); one !== undefined; one = below.shift()) {
      if (looked.has(one) || has(one)) continue;
      if (looked.size > MOST_BELOW) {
        told = false;
        break;
      }
      looked.add(one);
      if (view.row(one) === null) await view.readDownTo(one);
      const exact = view.tag(one)?.exact ?? null;
      if (exact === UNTOLD) below.push(...view.olderParents(one));
      if (exact === null || exact === UNTOLD) continue;
      const content = await view.content(one);
      const found = content === null ? null : await this.version(view, one, content.text, ...references);
      if (found?.told === true) known.push(found.text);
      else told = false;
    }
    const shown = await this.restored(text, ...known);
    return { text: shown, told: told || !(await this.#hasLists(shown, folded ? null : references.at(-1))), verified: false };
  }

  /** The same, and notes on the document what cannot be told. */
  async taken(view: RemoteView, version: number, text: string, ...references: References): Promise<string> {
    const { text: taken, told } = await this.version(view, version, text, ...references);
    if (!told && !this.ledger.record.folded) this.ledger.step({ folded: true });
    return taken;
  }

  /** The same for a version that takes the place of the whole document. */
  async whole(view: RemoteView, version: number, text: string): Promise<string> {
    const { text: taken, told } = await this.version(view, version, text);
    if (this.ledger.record.folded === told) this.ledger.step({ folded: !told });
    return taken;
  }

  /** Ends the note once every list in the document is known to be one: because the head shows it, or there is none. */
  async recognize(view: RemoteView | null, document: string): Promise<void> {
    if (this.ledger.record.folded && (await this.#isKnown(view, document))) this.ledger.step({ folded: false });
  }

  async #isKnown(view: RemoteView | null, document: string): Promise<boolean> {
    if (!(await this.#hasLists(document))) return true;
    if (view === null || view.tag(view.head.version)?.exact === UNTOLD) return false;
    const { head } = view;
    const { text, verified } = await this.version(view, head.version, head.text, document);
    return verified && !(await this.#hasLists(document, text));
  }

  /** Whether it has lists that the known document does not show to be such. */
  async #hasLists(document: string, known: string | null = null): Promise<boolean> {
    return (await this.isReadable(document)) && this.deps.texts.hasLists(document, known, this.ledger.record.policy);
  }

  /** Undoes it as far as the references show what stood there. */
  async restored(text: string, ...references: References): Promise<string> {
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
