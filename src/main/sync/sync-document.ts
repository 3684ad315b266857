import { AnsweredElsewhere } from './answered-elsewhere';
import { ancestorsOf, orphansOf, parentsIn, standsOn, type Graph } from './ancestry';
import { asIfUnsent } from './asked-again';
import { Asking } from './asking';
import { CommonDocument, type Shared } from './common-document';
import { DocumentActs } from './document-acts';
import { Folding } from './folding';
import { Ledger, type Mine } from './ledger';
import { isStill, OlderHost } from './older-host';
import { asMade, isBlank, madeOf, madeOver, openBase, ownDocument, type Made } from './own-document';
import type { DocumentRecord, Open, Standing } from './record';
import { RemoteView, type Head, type ViewDeps } from './remote-view';
import { Sender, type SenderDeps } from './sender';
import { syncProblem, unreadable } from './sync-problems';
import type { MergeResult } from './texts';

/** How a run ended without a failure. */
export type RunOutcome = 'clean' | 'conflict' | 'first-choice' | 'rolled-back' | 'cloned';

/** Another round, or how it ended. */
type Round = RunOutcome | 'again';

/** More rounds than any race between a few devices takes; whoever needs more waits a while. */
const MOST_ROUNDS = 8;

/**
 * Brings one file and one document of a host together: reads what the host has, merges it into the file, and pushes what
 * the host lacks. Every step is in the record before it is done, so it may be stopped anywhere. One run at a time.
 */
export class DocumentRun {
  private readonly ledger: Ledger;
  readonly #sender: Sender;
  readonly #common: CommonDocument;
  readonly #folding: Folding;
  readonly #asking: Asking;
  readonly #answered: AnsweredElsewhere;
  readonly #older: OlderHost;

  constructor(
    private readonly deps: SenderDeps,
    record: DocumentRecord,
  ) {
    this.ledger = new Ledger(deps, record);
    this.#sender = new Sender(deps, this.ledger);
    this.#common = new CommonDocument(deps, this.ledger);
    this.#folding = new Folding(deps, this.ledger);
    this.#asking = new Asking(deps, this.ledger);
    this.#answered = new AnsweredElsewhere(deps, this.ledger, this.#common);
    this.#older = new OlderHost(deps, this.ledger, this.#folding);
  }

  get record(): DocumentRecord {
    return this.ledger.record;
  }

  /** Runs to a clean state, a question for a person, or a failure (`PicferryError`). Nothing is lost by any of them. */
  async run(): Promise<RunOutcome> {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const outcome = await this.#round();
      if (outcome !== 'again') return outcome;
    }
    throw syncProblem('syncBusy', this.deps.now());
  }

  async #round(): Promise<Round> {
    await this.ledger.settleStep();
    if (this.ledger.record.rolledBack !== null) return this.#lookAgain();
    const mine = await this.ledger.mine();
    this.ledger.endTakingBack(mine?.sha ?? null);
    if (mine === null && this.ledger.record.base !== null) return this.#writeAnew(this.ledger.record);
    if (this.ledger.record.open !== null && mine !== null && (await this.#takeDecisions(mine))) return 'again';
    if (await this.#nothingToDo(mine)) return 'clean';

    const view = await RemoteView.load(this.#viewDeps(), this.ledger.record);
    if (view === null) return this.#withoutRemote(mine);
    if (view.strangerInOurName()) return 'cloned';
    this.#folding.learn(view);
    const lost = await this.#older.lookForLoss(view);
    if (lost !== null) return lost;
    if (await this.#sender.settleOutbox(view)) return 'again';
    if (await this.#older.lookForReplaced(view)) return 'again';
    return this.#join(view, mine);
  }

  /** A person may have taken the file away; Picferry's own is written again as it was last. */
  #writeAnew({ kind, base, open }: DocumentRecord): Round {
    const blob = open?.made?.shown ?? base?.blob ?? null;
    const text = kind === 'file' || blob === null ? null : this.deps.files.get(blob);
    if (text === null) throw syncProblem('syncFileGone', this.deps.now());
    this.ledger.apply(text, this.ledger.read().sha, {});
    return 'again';
  }

  /** Merges the head and everything that was overwritten unseen, then pushes what the host lacks. */
  async #join(view: RemoteView, mine: Mine | null): Promise<Round> {
    const graph = await view.graph();
    const head = view.head;
    const ofHead = ancestorsOf(graph, head.version);
    const { open } = this.ledger.record;
    // What was overwritten goes first: until a person decided, nothing is merged on top of it. Who made the head may have decided.
    if (open?.from === 'orphan' && !ofHead.has(open.theirsVersion)) return 'conflict';
    const here = this.#ancestorsHere(graph);
    const parents = parentsIn(graph, (version) => view.olderParents(version));
    // Pushes of ours that others overwrote are in the file, and so are earlier heads that were; the next push has to say so.
    const { merged, base } = this.ledger.record;
    const stands = (version: number): boolean => ofHead.has(version) || standsOn(parents, head.version, version);
    const unnamed = [...new Set([...here, ...(base === null ? [] : [base.version])])].filter((version) => version < head.version && !merged.includes(version) && !stands(version) && (graph.nodes.has(version) || version === base?.version));
    if (unnamed.length > 0) this.ledger.step({ merged: [...merged, ...unnamed], known: this.ledger.told(unnamed.flatMap((version) => view.row(version) ?? [])) });
    // What the host made of our own push holds nothing that is not here or in the versions before, which follow.
    const top = graph.nodes.get(head.version);
    const isOurs = top !== undefined && top.own !== null && top.altered;
    if (!this.#standsOn(head) && !isOurs) {
      const taken = await this.#takeHead(view, mine, this.#common.with(view, graph, head.version, here, parents));
      if (taken !== 'merged' && taken !== 'conflict') return taken;
    }
    if (this.ledger.record.open?.from === 'head') return (await this.#endAnswered(await this.#answered.base(view, graph, here, parents))) ? 'again' : 'conflict';
    for (const orphan of orphansOf(graph, ofHead, here)) {
      const known = new Set([...here, ...ofHead, ...this.ledger.record.merged]);
      const taken = await this.#takeOrphan(view, orphan, this.#common.with(view, graph, orphan, known, parents));
      if (taken !== 'merged') return taken;
    }
    const reach = view.isFirst ? await view.reachOfHead() : head.version;
    this.ledger.step(this.ledger.seen(reach, [...view.rows, head]));
    if (reach < head.version) return 'again';
    const now = await this.ledger.mine();
    if (now === null) throw syncProblem('syncFileGone', this.deps.now());
    await this.#folding.recognize(view, now.text);
    // What the head stands on it says itself.
    const untold = this.ledger.record.merged.filter((version) => !stands(version));
    if (this.ledger.same(now, head) && !this.#isToBeTold(head, untold)) return this.#sender.finish(head, now, untold);
    if (untold.length < this.ledger.record.merged.length) this.ledger.step({ merged: untold });
    return this.#sender.push(now, head);
  }

  /**
   * Whether a person decided that the head is right beside versions that it does not stand on: whoever has these would be
   * asked the same, unless a push of the same document names them. A host that makes no version of that is told once.
   */
  #isToBeTold(head: Head, untold: readonly number[]): boolean {
    const { decided, host } = this.ledger.record;
    return untold.length > 0 && !host.dropsRepeats && decided.some(({ version }) => version !== null && (version === head.version || untold.includes(version)));
  }

  /** One look that costs no document: the newest rows of the history. */
  async #nothingToDo(mine: Mine | null): Promise<boolean> {
    const { base, ring, outbox, seen, host, fileKey, open } = this.ledger.record;
    if (base === null || mine === null || outbox !== null || open !== null || host.conflicts || seen < base.version) return false;
    if (mine.facts.canon !== base.canon) return false;
    const history = await this.deps.host.history(fileKey, 1, 2, this.deps.call);
    const [row, before] = history?.versions ?? [];
    return row?.version === base.version && isStill(row, base) && (before === undefined || ring.every((one) => isStill(before, one)));
  }

  async #withoutRemote(mine: Mine | null): Promise<Round> {
    if (this.ledger.record.base !== null) return this.#older.rollBack(0);
    if (mine === null) return 'clean';
    // Whatever may have been sent before is not there.
    this.ledger.step({ outbox: null });
    await this.#folding.recognize(null, mine.text);
    return this.#sender.push(mine, null);
  }

  // ——— what others did

  #standsOn(head: Head): boolean {
    const { base } = this.ledger.record;
    if (base === null || base.version !== head.version) return false;
    return (base.hash !== null && base.hash === head.hash) || this.ledger.same({ facts: base }, head);
  }

  /** Versions above `seen` whose content is in the file. */
  #ancestorsHere(graph: Graph): ReadonlySet<number> {
    const { base, merged, operations } = this.ledger.record;
    const here = new Set<number>();
    const add = (version: number): void => ancestorsOf(graph, version).forEach((one) => here.add(one));
    for (const version of [...merged, ...(base === null ? [] : [base.version])]) add(version);
    const ops = new Set(operations.map(({ op }) => op));
    for (const node of graph.nodes.values()) {
      if (node.own === null && !(node.tag !== null && ops.has(node.tag.op))) continue;
      add(node.version);
      // What the host made of our push is not what we have, unless it was merged in since.
      if (node.altered && base?.version !== node.version && !merged.includes(node.version)) here.delete(node.version);
    }
    return here;
  }

  async #takeHead(view: RemoteView, mine: Mine | null, shared: Shared): Promise<Round | 'merged'> {
    const { open, base } = this.ledger.record;
    const isOpen = open?.from === 'head' && shared.versions[0] === open.theirsVersion;
    const had = await this.#common.text(view, shared);
    if (!(await this.#folding.isReadable(view.head.text))) throw await this.#hostUnreadable(view.head.text);
    const taken = await this.#folding.taken(view, view.head.version, view.head.text, had, mine?.text ?? null);
    const { theirs, common: stood, again } = await asIfUnsent(this.deps, open, taken, had, this.ledger.record.policy);
    const agreed = this.ledger.agreed(view.head, view.head.facts, view.head.text);
    this.ledger.backUp('merge', [['theirs', taken], ...(mine === null ? [] : ([['mine', mine.text]] as const))]);
    const first = base === null && shared.versions.length === 0;
    if (first && (mine === null || isBlank(mine.text))) return this.ledger.apply(theirs, mine?.sha ?? this.ledger.read().sha, { ...agreed, open: null });
    if (first && mine !== null && isBlank(theirs)) return this.ledger.apply(mine.text, mine.sha, { ...agreed, open: null });
    if (mine === null) throw syncProblem('syncFileGone', this.deps.now());
    if (first && this.ledger.record.begin !== 'merge' && !this.ledger.same(mine, view.head)) {
      this.ledger.step({ begin: 'asked' });
      return 'first-choice';
    }
    // A list in the file may be what the host once gave for an empty object.
    const own = await this.#folding.restored(await ownDocument(this.deps, open, mine, this.ledger.record.policy), theirs, stood);
    const ancestor = await this.#folding.base(await this.#common.over(view, await this.#common.recalled(stood, own, theirs, shared), theirs, shared), own, theirs);
    const { result, choices, kept, ...asked } = await this.#asking.ask(ancestor, own, theirs, mine.text);
    const before = isOpen && kept === null ? asMade(this.deps.files, open, mine.sha) : null;
    const made = await madeOver(this.deps, before, { ancestor: asked.base, own: asked.own }, result, theirs, this.ledger.record.policy, choices);
    return this.#take(result, mine, { ...agreed, ...kept, open: null }, { made: madeOf(this.deps.files, made), theirs, theirsVersion: view.head.version, from: 'head', choices, over: open?.over ?? {}, deviceId: again === null ? (view.row(view.head.version)?.deviceId ?? null) : (open?.deviceId ?? null), again });
  }

  async #takeOrphan(view: RemoteView, orphan: number, shared: Shared): Promise<Round | 'merged'> {
    const content = await view.content(orphan);
    const mine = await this.ledger.mine();
    // Nobody can give it any more.
    if (content === null || mine === null) return 'merged';
    const stood = await this.#common.text(view, shared);
    const theirs = await this.#folding.taken(view, orphan, content.text, stood, mine.text);
    this.ledger.backUp('merge', [['theirs', theirs], ['mine', mine.text]]);
    const own = await this.#folding.restored(mine.text, theirs, stood);
    const ancestor = await this.#folding.base(await this.#common.over(view, await this.#common.recalled(stood, own, theirs, shared), theirs, shared), own, theirs);
    const merged = await this.#asking.merge(ancestor, own, theirs, {});
    const made = madeOf(this.deps.files, { ancestor, own });
    const row = view.row(orphan);
    if (row !== null) this.ledger.step({ known: this.ledger.told([row]) });
    const next = { merged: [...this.ledger.record.merged, orphan] };
    return this.#take(merged, mine, next, { made, theirs, theirsVersion: orphan, from: 'orphan', choices: {}, over: {}, deviceId: row?.deviceId ?? null, again: null });
  }

  async #hostUnreadable(text: string): Promise<Error> {
    const read = await this.deps.texts.read(text, this.ledger.record.policy);
    return read.ok ? new Error('a text that could not be read can be read now') : unreadable(read.refusal, 'host', this.deps.now());
  }

  /** A merge's result into record and file; with open places it waits for a person. */
  #take(
    result: MergeResult,
    mine: Mine,
    next: Partial<Standing>,
    frame: { readonly made: Made; readonly theirs: string; readonly theirsVersion: number; readonly from: 'head' | 'orphan'; readonly choices: Open['choices']; readonly over: Open['over']; readonly deviceId: string | null; readonly again: string | null },
  ): Round | 'merged' {
    if (result.status === 'refused') throw unreadable(result.refusal, result.refusal.side === 'mine' ? 'file' : 'host', this.deps.now());
    if (result.status === 'merged') return this.ledger.apply(result.text, mine.sha, next);
    const { files } = this.deps;
    const { theirs, again, ...rest } = frame;
    const made = { ...frame.made, shown: files.put(result.text), own: files.put(result.own) };
    const open: Open = { ...rest, over: keptIn(rest), made, base: result.overlay === null ? null : files.put(result.overlay), theirs: files.put(theirs), again: again === null ? null : files.put(again), conflicts: [...result.conflicts], asksOther: false, unsent: null };
    // An orphan counts as merged only when its last place is decided.
    const applied = this.ledger.apply(result.text, mine.sha, frame.from === 'head' ? { ...next, open } : { ...(next.decided === undefined ? {} : { decided: next.decided }), open });
    // Where all that still clashes was decided over an earlier head, the next round carries it out.
    const isDecided = result.conflicts.every(({ id }) => Object.hasOwn(frame.choices, id));
    return applied === 'merged' && !isDecided ? 'conflict' : 'again';
  }

  /** True when a person's decisions closed the open merge, or their edit of the file did. */
  async #takeDecisions(mine: Mine): Promise<boolean> {
    const { open, policy, ring, seen } = this.ledger.record;
    if (open === null) return false;
    const [base, theirs] = [await openBase(this.deps, open, policy), this.deps.files.get(open.theirs)];
    if (theirs === null) {
      // Its texts are damaged: the merge is made again over an older version, and asks again.
      const older = ring.findLast(({ version }) => version < open.theirsVersion) ?? null;
      // The file shows theirs where the person had deleted.
      const own = await ownDocument(this.deps, open, mine, policy);
      this.ledger.apply(own, mine.sha, { open: null, base: older, seen: Math.min(seen, older?.version ?? 0) });
      return true;
    }
    const made = asMade(this.deps.files, open, mine.sha);
    // Nothing was edited, and not all is decided.
    if (made !== null && base !== null && !open.conflicts.every(({ id }) => Object.hasOwn(open.choices, id))) return false;
    const whole = made === null ? null : await this.deps.texts.merge(made.ancestor, made.own, theirs, policy, open.choices);
    const own = await ownDocument(this.deps, open, mine, policy);
    const kept = open.made?.shown === mine.sha ? null : await this.#keepDecisions(open, mine, { base, own, theirs });
    if (kept !== null) return kept;
    const result = whole?.status === 'merged' ? whole : await this.deps.texts.merge(base, own, theirs, policy, open.choices);
    if (result.status === 'refused') throw unreadable(result.refusal, 'file', this.deps.now());
    if (result.status === 'conflicts') {
      if (base === null && result.overlay !== null) {
        // Over further heads it then is the merge of what lies beside its places, which both sides have from here on.
        const asked = await this.#asking.ask(null, own, theirs, mine.text);
        this.ledger.backUp('merge', [['mine', mine.text]]);
        return this.#take(asked.result, mine, {}, { ...open, made: madeOf(this.deps.files, { ancestor: null, own }), theirs, again: this.#textOf(open.again) }) === 'again';
      }
      // What was decided can be decided anew until all is.
      this.ledger.step({ open: { ...open, conflicts: [...result.decided, ...result.conflicts], asksOther: true } });
      return false;
    }
    this.ledger.backUp('decided', [['mine', mine.text], ['theirs', theirs]]);
    this.ledger.apply(result.text, mine.sha, this.ledger.decided(open));
    return true;
  }

  /** Where the file was edited so that a decided place is no such question any more; null: nowhere. */
  async #keepDecisions(open: Open, mine: Mine, { base, own, theirs }: { readonly base: string | null; readonly own: string; readonly theirs: string }): Promise<boolean | null> {
    const asked = await this.#asking.ask(base, own, theirs, mine.text);
    if (asked.kept === null) return null;
    this.ledger.backUp('decided', [['mine', mine.text], ['theirs', theirs]]);
    const made = madeOf(this.deps.files, { ancestor: asked.base, own: asked.own });
    const next = asked.result.status === 'merged' ? this.ledger.decided(open) : asked.kept;
    const taken = this.#take(asked.result, mine, next, { ...open, made, theirs, choices: asked.choices, again: this.#textOf(open.again) });
    return asked.result.status === 'merged' || taken === 'again';
  }

  /** Ends what another device's person has answered, and goes on with what is still a question over that. */
  async #endAnswered(base: string | null): Promise<boolean> {
    const { open, policy } = this.ledger.record;
    const [mine, theirs] = [await this.ledger.mine(), open === null ? null : this.deps.files.get(open.theirs)];
    if (base === null || open === null || mine === null || theirs === null) return false;
    const own = await ownDocument(this.deps, open, mine, policy);
    const { result, choices, kept, ...asked } = await this.#asking.ask(base, own, theirs, mine.text);
    if (result.status === 'refused' || (result.status === 'conflicts' && result.conflicts.length >= open.conflicts.length)) return false;
    this.ledger.backUp('merge', [['mine', mine.text]]);
    this.#take(result, mine, { ...kept, open: null }, { ...open, made: madeOf(this.deps.files, { ancestor: asked.base, own: asked.own }), theirs, choices, again: this.#textOf(open.again) });
    return true;
  }

  #textOf(blob: string | null): string | null {
    return blob === null ? null : this.deps.files.get(blob);
  }

  /** The host may have again what it lacked. Until then only a person can go on. */
  async #lookAgain(): Promise<Round> {
    const view = await RemoteView.load(this.#viewDeps(), this.ledger.record);
    if (view === null) return this.#older.rollBack(0);
    if ((await this.#older.lookForLoss(view)) === 'rolled-back') return 'rolled-back';
    this.ledger.step({ rolledBack: null });
    return 'again';
  }

  /** A person's answer to a host with older data. */
  async answerRollback(keep: 'mine' | 'theirs'): Promise<void> {
    await this.#older.answer(keep, await RemoteView.load(this.#viewDeps(), this.ledger.record));
  }

  /** What else a person does to this document. */
  acts(): DocumentActs {
    const { host, device, call } = this.deps;
    return new DocumentActs({ ...this.deps, host, device, signal: call.signal }, this.ledger);
  }

  #viewDeps(): ViewDeps {
    const { host, texts, files, device, call } = this.deps;
    return { host, texts, files, deviceId: device.id, call };
  }
}

/** What is still to be known of the decisions that wait. */
const keptIn = ({ choices, over }: Pick<Open, 'choices' | 'over'>): Open['over'] => Object.fromEntries(Object.entries(over).filter(([id]) => Object.hasOwn(choices, id)));
