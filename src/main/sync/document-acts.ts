import { copyFileSync, linkSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { codeOf, copyAside } from '../../lib/atomic-file';
import { sha256Hex } from '../../lib/canonical-json';
import { makeFolder } from '../../lib/make-folder';
import type { SyncBeginning, SyncCopy, SyncFirstRun, SyncPath, SyncRestorePlan, SyncTakenBack } from '../../shared/model/sync';
import { placeText } from '../../shared/place-text';
import type { DocumentSync } from '../providers/contract';
import { askedAgain } from './asked-again';
import { hasPlace } from './asked-places';
import type { Decision, OpenSides, TextFile } from './engine-contract';
import { Folding } from './folding';
import { decidedOf, type Ledger, type LedgerDeps } from './ledger';
import { inLayoutOf, openBase, ownDocument } from './own-document';
import type { Open } from './record';
import { RemoteView } from './remote-view';
import { withoutTwins } from './own/account-twins';
import { fileProblem, syncProblem, unreadable } from './sync-problems';
import type { Page, Patched } from './texts';
import type { UserFile } from './user-file';

export type ActDeps = LedgerDeps & { readonly host: DocumentSync; readonly device: { readonly id: string }; readonly signal: AbortSignal };

/** What a person does to one document beside syncing it. One act at a time, and none while a run is under way. */
export class DocumentActs {
  constructor(
    private readonly deps: ActDeps,
    private readonly ledger: Ledger,
  ) {}

  async restorePlan(target: string, paths: readonly SyncPath[] | null, page: Page): Promise<SyncRestorePlan> {
    const instead = paths === null ? await this.#lacking(this.ledger.look()) : null;
    if (instead !== null) return { diff: { counts: { added: 0, edited: 0, removed: 0 }, changes: [], offset: page.offset, total: 0 }, replaced: 0, instead };
    const { diff, replaced } = await this.#patched(target, paths, page);
    this.#refuseWhileOpen();
    return { diff, replaced, instead: null };
  }

  /** What is restored would count as the person's decision about all open places, or be merged away by theirs. */
  #refuseWhileOpen(): void {
    if (this.ledger.record.open !== null) throw syncProblem('syncRestoreWhileOpen', this.deps.now());
  }

  /** Why there is no document in the file that a version could be merged into. */
  async #lacking({ text, sha }: UserFile): Promise<SyncRestorePlan['instead']> {
    if (text === null) return sha === null ? 'gone' : 'no-text';
    return (await this.deps.texts.read(text, this.ledger.record.policy)).ok ? null : 'broken';
  }

  /**
   * Where the file is broken or gone, puts into it what this device stands on, or the version where that is unknown, so
   * that a version can be restored over it. A merge that waits over such a file ends with that: nothing of it can be shown.
   * Gives what the file held; null when nothing was wrong with it.
   */
  async mend(target: string): Promise<Mended | null> {
    await this.ledger.settleStep();
    const mine = this.ledger.look();
    if ((await this.#lacking(mine)) === null) return null;
    const { base, open } = this.ledger.record;
    if (mine.text !== null) this.ledger.backUp('restore', [['mine', mine.text]]);
    // Bytes that are no text are kept beside the file: copies here are texts.
    if (!mine.isText) this.#copyAside();
    // An overwritten version is not in what the device stands on, but in what the merge made of both.
    const blob = open?.from === 'orphan' ? open.made?.shown : base?.blob;
    const stood = blob === undefined ? null : this.deps.files.get(blob);
    this.ledger.apply(stood ?? target, mine.sha, open === null ? {} : { ...this.ledger.decided({ ...open, choices: {} }), act: null });
    return { before: mine.text };
  }

  #copyAside(): void {
    try {
      copyAside(this.ledger.record.path, 'broken', this.deps.now());
    } catch (error) {
      throw fileProblem(error, 'write', this.deps.now());
    }
  }

  /** Puts a version's document, or some places of it, into the file. The next push says which version it was. False: the file has it all. */
  async restore(target: string, version: number, paths: readonly SyncPath[] | null, note: string, mended: Mended | null): Promise<boolean> {
    await this.ledger.settleStep();
    const { text } = await this.#patched(target, paths, { offset: 0, limit: 0 });
    this.#refuseWhileOpen();
    const mine = this.ledger.read();
    if (text === mine.text && mended === null) return false;
    if (mine.text !== null) this.ledger.backUp('restore', [['mine', mine.text]]);
    this.ledger.canTakeBack(mended === null ? mine.text : mended.before, text);
    if (text === mine.text) {
      this.ledger.step({});
      return true;
    }
    // What was to be said of the next version is said of this one: it is the next.
    const notes = new Set([this.ledger.record.note, note].filter((one) => one !== ''));
    this.ledger.step({ restored: version, act: null, note: [...notes].join('; ') });
    this.ledger.apply(text, mine.sha, {});
    return true;
  }

  async #patched(target: string, paths: readonly SyncPath[] | null, page: Page): Promise<Extract<Patched, { ok: true }>> {
    const { base, policy } = this.ledger.record;
    const stood = base === null ? null : this.deps.files.get(base.blob);
    const mine = this.ledger.read().text ?? stood ?? target;
    const patched = await this.deps.texts.patch({ base: stood ?? mine, mine, target }, paths, policy, page);
    if (!patched.ok) throw patched.refusal.side === 'mine' && paths !== null ? syncProblem('syncRestorePlaces', this.deps.now()) : unreadable(patched.refusal, patched.refusal.side === 'theirs' ? 'host' : 'file', this.deps.now());
    for (const path of paths ?? []) if (![mine, target, stood].some((text) => text !== null && hasPlace(text, path))) throw syncProblem('syncNoPlace', this.deps.now(), { place: placeText(path) });
    if (patched.partly !== null) throw syncProblem('syncPartOfPlace', this.deps.now(), { place: placeText(patched.partly.path), whole: placeText(patched.partly.whole) });
    if (paths !== null || patched.diff.total > 0) return patched;
    // Of the version that this device stands on, what is restored is what was edited since.
    const edited = await this.deps.texts.patch({ base: mine, mine, target }, null, policy, page);
    return edited.ok && edited.diff.total > 0 ? { ...edited, replaced: edited.diff.total } : patched;
  }

  // ——— a merge that waits for a person

  /** Does or undoes what a kill left half done. */
  settleStep(): Promise<void> {
    return this.ledger.settleStep();
  }

  /** Its texts, in a folder that only the next look replaces: as they were merged, or what an edit of the file made of them. */
  async sides(): Promise<OpenSides | null> {
    await this.ledger.settleStep();
    const { open, policy } = this.ledger.record;
    const { files } = this.deps;
    if (open === null || open.conflicts.length === 0) return null;
    const mine = this.ledger.read();
    if (mine.text === null || files.get(open.theirs) === null) return null;
    const folder = join(files.folder, 'sides');
    rmSync(folder, { recursive: true, force: true });
    makeFolder(folder);
    const given = (blob: string): TextFile => {
      const path = join(folder, `${blob}.gz`);
      linkOrCopy(files.pathOf(blob), path);
      return { path };
    };
    const unedited = open.made !== null && open.made.shown === mine.sha && [open.made.mine, open.made.ancestor].every((blob) => blob === null || files.get(blob) !== null) ? open.made : null;
    const before = unedited === null ? await openBase(this.deps, open, policy) : null;
    const base = unedited !== null ? unedited.ancestor : before === null ? null : files.put(before);
    const own = unedited === null ? files.put(await ownDocument(this.deps, open, { text: mine.text, sha: mine.sha }, policy)) : unedited.mine;
    const texts = { base: base === null ? null : given(base), mine: given(own), theirs: given(open.theirs) };
    if (unedited === null || open.asksOther) await this.#askAbout(open, base, own, unedited === null);
    return {
      stamp: stampOf(open, mine.sha),
      ...texts,
      policy,
      theirsVersion: open.theirsVersion,
      theirsDevice: open.deviceId,
      choices: open.choices,
    };
  }

  /** An edit of the file since the merge was made makes other questions of its places: the list of them has these from here on, too. What was decided waits for the next run. */
  async #askAbout(open: Open, base: string | null, own: string, asksOther: boolean): Promise<void> {
    const { texts, files } = this.deps;
    const [mine, theirs] = [files.get(own), files.get(open.theirs)];
    const now = mine === null || theirs === null ? null : await texts.merge(base === null ? null : files.get(base), mine, theirs, this.ledger.record.policy, {});
    if (now?.status !== 'conflicts') return;
    const ids = new Set(now.conflicts.map(({ id }) => id));
    const decided = open.conflicts.filter(({ id }) => Object.hasOwn(open.choices, id) && !ids.has(id));
    const stay = open.conflicts.length === decided.length + ids.size && open.conflicts.every(({ id }) => ids.has(id) || Object.hasOwn(open.choices, id));
    if (!stay || open.asksOther !== asksOther) this.ledger.step({ open: { ...open, conflicts: [...decided, ...now.conflicts], asksOther } });
  }

  /** Ends the merge with this text; false when it is not that merge any more. */
  async settle(stamp: string, result: TextFile, decisions: readonly Decision[]): Promise<boolean> {
    await this.ledger.settleStep();
    const { open, merged, decided } = this.ledger.record;
    const mine = this.ledger.read();
    if (open === null || mine.text === null || stampOf(open, mine.sha) !== stamp) return false;
    const text = gunzipSync(readFileSync(result.path)).toString('utf8');
    const read = await this.deps.texts.read(text, this.ledger.record.policy);
    if (!read.ok) throw unreadable(read.refusal, 'file', this.deps.now());
    const theirs = this.deps.files.get(open.theirs);
    this.ledger.backUp('decided', [['mine', mine.text], ...(theirs === null ? [] : ([['theirs', theirs]] as const))]);
    const at = this.deps.now();
    const fresh = decisions.map((one) => ({ ...one, at, otherDeviceId: open.deviceId, version: open.theirsVersion, takenBack: null }));
    this.ledger.canTakeBack(mine.text, text, { decided: at, open });
    const applied = this.ledger.apply(text, mine.sha, { open: null, act: 'decided', decided: decidedOf(decided, fresh), ...(open.from === 'orphan' ? { merged: [...merged, open.theirsVersion] } : {}) });
    return applied === 'merged';
  }

  /**
   * Puts back what the file held before the person ended a merge, restored a version, put a copy back or took what the host has. A merge
   * or first meeting then waits for the person again, with nothing sent; anything else is sent by the next push.
   */
  async takeBack(): Promise<SyncTakenBack> {
    this.ledger.settleFile();
    const { settled, restored, decided, outbox, note } = this.ledger.record;
    const before = settled === null ? null : this.deps.files.get(settled.before);
    const mine = this.ledger.read();
    if (settled === null || before === null || mine.text === null || mine.sha !== settled.after) return 'not';
    this.ledger.backUp('undo', [['mine', mine.text]]);
    this.ledger.step({ ...(restored === null ? {} : { restored: null, note: settled.note }), ...(settled.begins ? { begin: 'asked' } : {}), ...(outbox?.sent === 'no' ? { outbox: null } : {}) });
    const takenBack = this.deps.now();
    const marked = settled.decided === null ? {} : { decided: decided.map((one) => (one.at === settled.decided ? { ...one, takenBack } : one)) };
    const asked = settled.open === null ? null : await askedAgain(this.deps, this.ledger, settled.open, { text: before, sha: settled.before }, mine.text);
    // Without its questions this device's values would go over the other's unasked.
    if (settled.open !== null && asked === null) {
      this.ledger.step({ restored, note, outbox });
      return 'not';
    }
    const next = settled.begins ? FIRST_MEETING : asked === null ? { act: settled.sent ? ('undone' as const) : null, ...marked } : { ...asked, act: null, ...marked };
    const applied = this.ledger.apply(before, mine.sha, next);
    this.ledger.step({ settled: null });
    return applied !== 'merged' ? 'not' : settled.begins || asked !== null ? 'asked' : 'back';
  }

  /**
   * Puts a copy that was kept into the file, also over one that is broken or gone; the next push sends it like any edit.
   * False: the file has it already.
   */
  async putBack(copy: string, whose: SyncCopy['whose']): Promise<boolean> {
    const { texts, files, now } = this.deps;
    await this.ledger.settleStep();
    const { open, policy, base } = this.ledger.record;
    // It would count as the person's decision about all open places.
    if (open !== null) throw syncProblem('syncCopyWhileOpen', now());
    if (!(await texts.read(copy, policy)).ok) throw syncProblem('syncCopyBroken', now());
    const mine = this.ledger.look();
    // What was sent lacks what stays on this device, and a host may have made lists of objects.
    const text = whose === 'mine' ? copy : await inLayoutOf(mine.text, await new Folding(this.deps, this.ledger).restored(copy, base === null ? null : files.get(base.blob), mine.text), this.deps, policy);
    if (text === mine.text) return false;
    if (mine.text !== null) this.ledger.backUp('put-back', [['mine', mine.text]]);
    if (!mine.isText) this.#copyAside();
    this.ledger.canTakeBack(mine.text, text);
    this.ledger.step({});
    this.ledger.apply(text, mine.sha, {});
    return true;
  }

  // ——— the first meeting

  async firstRun(): Promise<SyncFirstRun> {
    const { record } = this.ledger;
    const { host, device, signal, texts } = this.deps;
    const mine = await this.ledger.mine();
    const head = await host.latest(record.fileKey, device.id, { signal });
    const here = mine === null ? null : { places: 0, bytes: Buffer.byteLength(mine.text) };
    if (head === null) return { case: mine === null ? 'nothing' : 'only-here', here, there: null, merge: null, rows: [] };
    const row = (await host.history(record.fileKey, 1, 1, { signal }))?.versions.find(({ version }) => version === head.version);
    const there = { places: 0, bytes: Buffer.byteLength(head.text), version: head.version, deviceId: row?.deviceId ?? null, createdAt: row?.createdAt ?? null };
    const met = await texts.meet(mine?.text ?? '{}', head.text, record.policy);
    if (!met.ok) throw unreadable(met.refusal, met.refusal.side === 'mine' ? 'file' : 'host', this.deps.now());
    const sides = { here: here === null ? null : { ...here, places: met.mine }, there: { ...there, places: met.theirs } };
    if (mine === null) return { case: 'only-there', ...sides, merge: null, rows: [] };
    const first: SyncFirstRun = { case: met.same ? 'same' : 'both', ...sides, merge: { fromThere: met.fromTheirs, fromHere: met.fromMine, conflicts: met.conflicts }, rows: met.rows };
    return record.kind === 'accounts' ? withoutTwins(first) : first;
  }

  /** Begins so. A copy of both sides is kept first. */
  async begin(how: SyncBeginning): Promise<void> {
    const { record } = this.ledger;
    const { host, device, signal, texts, files, now } = this.deps;
    if (record.base !== null) throw syncProblem('syncBegunAlready', now(), { key: record.fileKey });
    const view = how === 'merge' ? null : await RemoteView.load({ host, texts, files, deviceId: device.id, call: { signal } }, record);
    if (view === null) return this.ledger.step({ begin: 'merge' });
    const { head } = view;
    const read = await texts.read(head.text, record.policy);
    if (!read.ok) throw unreadable(read.refusal, 'host', now());
    const seen = await view.reachOfHead();
    const mine = this.ledger.read();
    const folding = new Folding(this.deps, this.ledger);
    folding.learn(view);
    const pushed = how === 'use-device' ? (await folding.version(view, head.version, head.text)).text : await folding.whole(view, head.version, head.text);
    this.ledger.backUp('begin', [['theirs', pushed], ...(mine.text === null ? [] : ([['mine', mine.text]] as const))]);
    const agreed = { ...this.ledger.agreed(head, read.facts, head.text), seen, open: null };
    if (how === 'use-device') this.ledger.step({ ...agreed, begin: 'merge' });
    else {
      const theirs = await inLayoutOf(mine.text, pushed, this.deps, record.policy);
      this.ledger.canTakeBack(mine.text, theirs, { begins: true });
      this.ledger.step({ begin: 'merge' });
      this.ledger.apply(theirs, mine.sha, agreed);
    }
  }
}

const FIRST_MEETING = { base: null, ring: [], seen: 0, merged: [], open: null };

/** What the file held before it was mended; null: there was none. */
export type Mended = { readonly before: string | null };

const stampOf = ({ base, theirs, theirsVersion }: Open, mine: string | null): string => sha256Hex(JSON.stringify([base, theirs, theirsVersion, mine]));

const linkOrCopy = (from: string, to: string): void => {
  try {
    linkSync(from, to);
  } catch (error) {
    if (codeOf(error) === '') throw error;
    // Some file systems have no links; two equal sides are one file.
    copyFileSync(from, to);
  }
};
