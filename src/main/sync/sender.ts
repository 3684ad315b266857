import type { NewId } from '../../lib/ids';
import type { Call, DocumentSync, SyncReceipt } from '../providers/contract';
import { ProviderError } from '../providers/errors';
import { ancestorsOf } from './ancestry';
import { askedAsItWas } from './asked-again';
import { HostConflicts } from './host-conflicts';
import type { Ledger, LedgerDeps, Mine } from './ledger';
import type { DocumentRecord } from './record';
import { bareHash, type Content, type Head, type RemoteView } from './remote-view';
import { syncProblem } from './sync-problems';
import { DIGEST_LENGTH, EXACT_LENGTH, LOST_LENGTH, MOST_LOST, readMessage, UNTOLD, withTag, type Lost } from './tag';

export type SenderDeps = LedgerDeps & {
  readonly host: DocumentSync;
  readonly device: { readonly id: string; readonly name: string };
  readonly newOp: NewId;
  readonly call: Call;
};

/** Another round, or the end of them. */
type Sent = 'again' | 'clean';

const OPERATIONS = 200;
const KEPT_PUSHES = 5;

/** Refusals that say for certain that nothing was stored. */
const NOT_STORED = new Set(['auth', 'rejected_file', 'bad_request', 'quota', 'not_found']);

/** Pushes of one document: said in the record before they leave, and found out about when no answer comes. */
export class Sender {
  readonly #conflicts: HostConflicts;

  constructor(
    private readonly deps: SenderDeps,
    private readonly ledger: Ledger,
  ) {
    this.#conflicts = new HostConflicts(deps, ledger);
  }

  /** After a lost answer: looks whether the push arrived. True when the round begins anew. */
  async settleOutbox(view: RemoteView): Promise<boolean> {
    const { outbox } = this.ledger.record;
    if (outbox === null) return false;
    if (outbox.sent === 'no') {
      this.ledger.step({ outbox: null });
      return false;
    }
    const arrived = await this.#arrival(view, outbox);
    if (arrived === null) {
      // A history may be behind: then it may be in what is not listed yet.
      const asked = view.row(view.head.version) === null ? null : askedAsItWas(this.ledger.record);
      if (asked !== null) this.ledger.step(asked);
      return false;
    }
    const { version, altered, hash } = arrived;
    const graph = await view.graph();
    const reached = !altered && ancestorsOf(graph, view.head.version).has(version);
    const text = this.deps.files.get(outbox.blob);
    const row = view.row(version);
    const agreed = reached && text !== null ? this.ledger.agreed({ version, hash }, outbox, text) : {};
    const there = await view.content(version);
    const folded = there !== null && there.facts.loose === outbox.loose && there.facts.canon !== outbox.canon;
    // The answer may have told of a conflict.
    const host = { ...this.ledger.record.host, conflicts: true, ...(folded ? { foldsEmpty: true } : {}) };
    this.ledger.step({ ...agreed, host, outbox: null, note: this.#noteAfter(row?.message ?? '', outbox.note), restored: null, act: null, lostBase: null, operations: this.#placed(outbox.op, version, altered) });
    return true;
  }

  /** What is still to be said once a push is found: words that came after it was sent are the next version's. */
  #noteAfter(message: string, sent: string): string {
    const { note } = this.ledger.record;
    const there = readMessage(message);
    return note === (there.tag === null ? sent : there.note) ? '' : note;
  }

  async #arrival(view: RemoteView, outbox: NonNullable<DocumentRecord['outbox']>): Promise<{ readonly version: number; readonly altered: boolean; readonly hash: string | null } | null> {
    const { nodes } = await view.graph();
    const tagged = [...nodes.values()].find((node) => node.tag?.op === outbox.op);
    const hashOf = (version: number): string | null => view.row(version)?.hash ?? null;
    if (tagged !== undefined) return { version: tagged.version, altered: tagged.altered, hash: hashOf(tagged.version) };
    const known = new Set(this.ledger.record.operations.map(({ version }) => version));
    const untagged = [...nodes.values()].filter((node) => node.tag === null && node.deviceId === this.deps.device.id && !known.has(node.version)).sort((a, b) => a.version - b.version);
    for (const { version } of untagged) if ((await view.content(version))?.facts.loose === outbox.loose) return { version, altered: false, hash: hashOf(version) };
    // Or something that the host made of it, and whose tag it cut.
    const text = this.deps.files.get(outbox.blob);
    for (const { version } of text === null ? [] : untagged) if (version > outbox.base && (await view.holds(version, outbox.base, text ?? ''))) return { version, altered: true, hash: hashOf(version) };
    // Its row may be another's by now, where a host uses a number twice.
    const { version, hash, facts } = view.head;
    return facts.loose === outbox.loose && version >= outbox.base ? { version, altered: false, hash } : null;
  }

  /** `head`: what the file stands on; null where the host has no such document. */
  async push(mine: Mine, head: Head | null): Promise<Sent> {
    const { policy, outbox, fileKey, merged, note, restored, act, folded, host: known } = this.ledger.record;
    const { files, host, device, call } = this.deps;
    const headVersion = head?.version ?? 0;
    const on = head === null ? null : head.facts.loose.slice(0, LOST_LENGTH);
    const text = await this.deps.texts.shared(mine.text, policy);
    if (known.roundsNumbers) await this.#refuseRounding(text);
    // The same push once more, if nothing else was to be said: two of them count as one.
    const again = outbox !== null && outbox.canon === mine.facts.canon && outbox.base === headVersion && outbox.on === on ? outbox : null;
    const op = again?.op ?? this.deps.newOp();
    const facts = { canon: mine.facts.canon, loose: mine.facts.loose };
    const tag = { op, base: headVersion, on, merged, digest: facts.loose.slice(0, DIGEST_LENGTH), exact: folded ? UNTOLD : facts.canon === facts.loose ? null : facts.canon.slice(0, EXACT_LENGTH), restored, act, lost: this.#lost() };
    const message = withTag(note, tag, known.longestMessage);
    this.ledger.backUp('push', [['pushed', text]]);
    const blob = files.put(text);
    this.ledger.step({
      outbox: { op, blob, ...facts, base: headVersion, on, merged: [...merged], note, tries: (again?.tries ?? 0) + 1, sent: 'maybe' },
      operations: again === null ? [...this.ledger.record.operations, { op, version: null, base: headVersion, on, merged: [...merged], loose: facts.loose, blob }].slice(-OPERATIONS) : this.ledger.record.operations,
    });
    files.reach('before-push');
    let receipt: SyncReceipt;
    try {
      receipt = await host.push({ fileKey, text, deviceId: device.id, deviceName: device.name, message }, call);
    } catch (error) {
      if (error instanceof ProviderError && !error.outcomeUnknown && NOT_STORED.has(error.problem.kind)) this.ledger.step({ outbox: null });
      throw error;
    }
    files.reach('after-push');
    // The next round finds the document there, as it was.
    if (receipt.version === headVersion && head !== null && this.ledger.same(mine, head)) this.ledger.step({ host: { ...this.ledger.record.host, dropsRepeats: true } });
    return this.#pushed(receipt, { text, facts, op, headVersion, message });
  }

  /** What the next push says of versions that the host lost. */
  #lost(): readonly Lost[] | null {
    const { lost, lostBase } = this.ledger.record;
    return lostBase === null ? null : lost.slice(-MOST_LOST).map(({ version, loose }) => ({ version, digest: loose.slice(0, LOST_LENGTH) }));
  }

  async #pushed(receipt: SyncReceipt, sent: { readonly text: string; readonly facts: Content['facts']; readonly op: string; readonly headVersion: number; readonly message: string }): Promise<Sent> {
    const { version, hash, conflict } = receipt;
    if (conflict !== null) this.ledger.step({ host: { ...this.ledger.record.host, conflicts: true } });
    // It saw no change, or used the number again: what it has is looked at like a lost answer.
    if (version <= sent.headVersion) return 'again';
    if (!(await this.#isStored(receipt, sent))) {
      this.ledger.step({ outbox: null, note: '', restored: null, act: null, lostBase: null, operations: this.#placed(sent.op, version, true) });
      if (this.ledger.record.host.roundsNumbers) await this.#refuseRounding(sent.text);
      return 'again';
    }
    const next = version === sent.headVersion + 1;
    this.ledger.step({
      ...this.ledger.agreed({ version, hash }, sent.facts, sent.text),
      outbox: null,
      note: '',
      restored: null, act: null, lostBase: null,
      operations: this.#placed(sent.op, version, false),
      ...(next ? { ...this.ledger.seen(version, [{ version, hash }]), merged: [] } : {}),
    });
    await this.#learnMessages(version, sent.message);
    return next && !this.ledger.record.host.conflicts ? 'clean' : 'again';
  }

  /** Numbers that the host would make others of are never sent to it again. */
  async #refuseRounding(text: string): Promise<void> {
    const { number } = await this.deps.texts.rounded(text);
    if (number !== null) throw syncProblem('syncNumberRounded', this.deps.now(), { number });
  }

  /** Whether the host keeps what was sent; learns whether it folds empty objects or rounds numbers. */
  async #isStored({ version, hash }: SyncReceipt, { facts, text }: { readonly facts: Content['facts']; readonly text: string }): Promise<boolean> {
    if (bareHash(hash) === facts.canon) return true;
    const there = await this.deps.host.version(this.ledger.record.fileKey, version, hash, this.deps.call);
    // It cannot show a single version: nothing says that it is another one.
    if (there === null) return true;
    const read = await this.deps.texts.read(there.text, this.ledger.record.policy);
    if (!read.ok) return false;
    if (read.facts.loose !== facts.loose) {
      const [sent, kept] = [await this.deps.texts.rounded(text), await this.deps.texts.rounded(there.text)];
      if (sent.number !== null && sent.loose === kept.loose) this.ledger.step({ host: { ...this.ledger.record.host, roundsNumbers: true } });
      return false;
    }
    if (read.facts.canon !== facts.canon) this.ledger.step({ host: { ...this.ledger.record.host, foldsEmpty: true } });
    return true;
  }

  /** Looks once how long a message may be. */
  async #learnMessages(version: number, message: string): Promise<void> {
    const { host, fileKey } = this.ledger.record;
    if (host.messagesKnown) return;
    const history = await this.deps.host.history(fileKey, 1, 1, this.deps.call);
    const row = history?.versions.find((one) => one.version === version);
    if (row === undefined) return;
    const isCut = row.message !== message && row.message.length < message.length;
    this.ledger.step({ host: { ...host, messagesKnown: true, longestMessage: isCut ? row.message.length : null } });
  }

  /** The file is what the host has. `untold`: versions in it that nothing at the host stands on; the next push says so. */
  async finish(head: Head, mine: Mine, untold: readonly number[]): Promise<Sent> {
    this.ledger.step({ ...this.ledger.agreed(head, mine.facts, await this.deps.texts.shared(mine.text, this.ledger.record.policy)), merged: [...untold], outbox: null, lostBase: null });
    if (!this.ledger.record.host.conflicts) return 'clean';
    await this.#conflicts.close(head);
    return 'again';
  }

  /** The operation at its version. What was sent is kept on only where the host has something else, and for the last few. */
  #placed(op: string, version: number, altered: boolean): DocumentRecord['operations'] {
    const placed = this.ledger.record.operations.map((one) => (one.op === op ? { ...one, version, blob: altered ? one.blob : null } : one));
    const kept = new Set(placed.flatMap(({ op: name, blob }) => (blob === null ? [] : name)).slice(-KEPT_PUSHES));
    return placed.map((one) => (kept.has(one.op) ? one : { ...one, blob: null }));
  }
}
