import type { Clock } from '../../lib/clock';
import { PicferryError } from '../../lib/picferry-error';
import type { SyncCopyCause } from '../../shared/model/sync';
import { decisionsIn } from './decisions';
import type { DocumentFiles } from './document-folder';
import type { Agreed, Decided, DocumentRecord, Known, Open, Standing } from './record';
import type { Content } from './remote-view';
import { fileProblem, unreadable } from './sync-problems';
import type { DocumentTexts } from './texts';
import { onDisk, type UserFile, type UserFiles } from './user-file';

export type Mine = Content & { readonly sha: string };

export type LedgerDeps = { readonly texts: DocumentTexts; readonly files: DocumentFiles; readonly now: Clock; /** Where the person's file is; on disk unless told. */ readonly userFiles?: UserFiles };

const RING_ENTRIES = 20;
const RING_BYTES = 64 * 1024 * 1024;
const KNOWN = 200;
const LOST_ENTRIES = 10;
const BACKUPS = 50;
const BACKUP_BYTES = 256 * 1024 * 1024;

/** A document's record and the person's file, changed together: no step is in one and not in the other after a crash. */
export class Ledger {
  #record: DocumentRecord;
  readonly #userFiles: UserFiles;

  constructor(
    private readonly deps: LedgerDeps,
    record: DocumentRecord,
  ) {
    this.#record = record;
    this.#userFiles = deps.userFiles ?? onDisk;
  }

  get record(): DocumentRecord {
    return this.#record;
  }

  /** Finishes writing a text into the file; a file that was edited meanwhile undoes the step. */
  settleFile(): void {
    const { applying } = this.#record;
    if (applying === null) return;
    const text = this.deps.files.get(applying.text);
    const done = { applying: null };
    const sha = this.#sha();
    if (sha === applying.text) this.step(done);
    else if (text !== null && sha === applying.over && this.#write(text, applying.over)) this.step(done);
    else this.step({ ...applying.undo, ...done });
  }

  /** The same after a restart: a file that was edited since may have been written before. */
  async settleStep(): Promise<void> {
    const { applying } = this.#record;
    if (applying === null) return;
    const { text, sha } = this.look();
    if (text !== null && sha !== applying.text && sha !== applying.over && (await this.#hasAllOf(applying, text))) this.step({ applying: null });
    else this.settleFile();
  }

  /** Whether a step's changes are all in this text, whatever else is. */
  async #hasAllOf({ text, over }: NonNullable<DocumentRecord['applying']>, edited: string): Promise<boolean> {
    const { texts, files } = this.deps;
    const { policy } = this.#record;
    const [before, after] = [over === null ? null : files.get(over), files.get(text)];
    if (before === null || after === null) return false;
    const merged = await texts.merge(before, edited, after, policy, {});
    if (merged.status !== 'merged') return false;
    const [now, then] = [await texts.read(edited, policy), await texts.read(merged.text, policy)];
    return now.ok && then.ok && now.facts.canon === then.facts.canon;
  }

  /** The file as it is now. Throws `PicferryError` for what the system refuses. */
  read(): UserFile {
    try {
      return this.#userFiles.read(this.#record.path);
    } catch (error) {
      throw fileProblem(error, 'read', this.deps.now());
    }
  }

  /** The same, where bytes that are no text are to be written over: they have no text, and are in the file all the same. */
  look(): UserFile & { readonly isText: boolean } {
    try {
      return { ...this.read(), isText: true };
    } catch (error) {
      if (!(error instanceof PicferryError) || error.problem.message !== 'syncNotText') throw error;
      return { text: null, sha: this.#sha(), isText: false };
    }
  }

  #sha(): string | null {
    try {
      return this.#userFiles.sha(this.#record.path);
    } catch (error) {
      throw fileProblem(error, 'read', this.deps.now());
    }
  }

  #write(text: string, over: string | null): boolean {
    try {
      this.deps.files.reach('before-file');
      return this.#userFiles.write(this.#record.path, text, over);
    } catch (error) {
      throw fileProblem(error, 'write', this.deps.now());
    }
  }

  /** The file's document; null when there is no file, or nothing in it before the first sync. */
  async mine(): Promise<Mine | null> {
    const { text, sha } = this.read();
    if (text === null || sha === null) return null;
    if (this.#record.base === null && text.trim() === '') return null;
    const read = await this.deps.texts.read(text, this.#record.policy);
    if (!read.ok) throw unreadable(read.refusal, 'file', this.deps.now());
    return { text, sha, facts: read.facts };
  }

  /** Writes the text into the file, and makes the new standing true with it. */
  apply(text: string, over: string | null, next: Partial<Standing>): 'again' | 'merged' {
    const { base, ring, seen, merged, open, decided, act } = this.#record;
    const undo = { base, ring, seen, merged, open, ...(next.decided === undefined ? {} : { decided }), ...(next.act === undefined ? {} : { act }) };
    const blob = this.deps.files.put(text);
    const ended = this.#record.settled !== null && this.#record.settled.after !== blob ? { settled: null } : {};
    if (blob === over) this.step({ ...next, ...ended });
    else this.step({ ...next, ...ended, applying: { text: blob, over, undo } });
    const wanted = this.#record.applying !== null;
    this.settleFile();
    return wanted && this.#sha() !== blob ? 'again' : 'merged';
  }

  /** Whether two documents are one, as far as this host can tell them apart. */
  same(a: Pick<Content, 'facts'>, b: Pick<Content, 'facts'>): boolean {
    return a.facts.canon === b.facts.canon || (this.#record.host.foldsEmpty && a.facts.loose === b.facts.loose);
  }

  /** A version that both sides have from now on, and its place in the ring. */
  agreed({ version, hash }: Pick<Agreed, 'version' | 'hash'>, { canon, loose }: Content['facts'], text: string): Pick<DocumentRecord, 'base' | 'ring'> {
    const agreed: Agreed = { version, hash, canon, loose, blob: this.deps.files.put(text), bytes: Buffer.byteLength(text) };
    const ring = [...this.#record.ring.filter((one) => one.version !== version), agreed].sort((a, b) => a.version - b.version);
    return { base: agreed, ring: newest(ring, RING_ENTRIES, RING_BYTES) };
  }

  /** Everything up to this version is in the document; `rows` tell these versions from others of their numbers. */
  seen(version: number, rows: readonly Pick<Agreed, 'version' | 'hash'>[]): Pick<DocumentRecord, 'seen' | 'known'> {
    return { seen: Math.max(this.#record.seen, version), known: this.told(rows.filter(({ version: of }) => of <= version)) };
  }

  /** The digests that the host gave, with those in these rows. */
  told(rows: readonly Pick<Agreed, 'version' | 'hash'>[]): Known[] {
    const known = new Map(this.#record.known.map((one) => [one.version, one]));
    for (const { version, hash } of rows) if (hash !== null) known.set(version, { version, hash });
    return [...known.values()].sort((a, b) => a.version - b.version).slice(-KNOWN);
  }

  /** Forgets of merged versions what the host has not any more: a number may be used again for what was never merged. */
  forgetGone(head: number, row: (version: number) => Pick<Agreed, 'hash'> | null): void {
    const { merged, known } = this.#record;
    const isGone = (version: number): boolean => {
      const [was, is] = [known.find((one) => one.version === version)?.hash, row(version)?.hash ?? null];
      return version > head || (was !== undefined && is !== null && is !== was);
    };
    const gone = merged.filter(isGone);
    if (gone.length > 0) this.step({ merged: merged.filter((version) => !gone.includes(version)), known: known.filter(({ version }) => !gone.includes(version)) });
  }

  /** The host lost everything above this version: what of it is known stays so. */
  lostAbove(version: number): Pick<DocumentRecord, 'ring' | 'known' | 'lost' | 'lostBase' | 'lostFrom'> {
    const { base, ring, known, lost, lostBase, lostFrom } = this.#record;
    const gone = [...ring, ...(base === null ? [] : [base])].filter((one) => one.version > version);
    const all = [...new Map([...lost, ...gone].map((one) => [one.blob, one])).values()];
    return {
      ring: ring.filter((one) => one.version <= version),
      known: known.filter((one) => one.version <= version),
      lost: newest(all, LOST_ENTRIES, RING_BYTES),
      lostBase: base !== null && base.version > version ? base.version : lostBase,
      lostFrom: gone.length > 0 ? version : lostFrom,
    };
  }

  /** The host has another digest for a version of the ring now. */
  renamed({ version }: Agreed, hash: string | null): Pick<DocumentRecord, 'ring'> {
    return { ring: this.#record.ring.map((one) => (one.version === version ? { ...one, hash } : one)) };
  }

  /** The host lost a version that the document stands on, and has another one in its place: that is to be looked at. */
  replaced(gone: Agreed): Pick<DocumentRecord, 'ring' | 'known' | 'lost' | 'seen'> {
    const { ring, known, lost, seen } = this.#record;
    return {
      ring: ring.filter(({ version }) => version !== gone.version),
      known: known.filter(({ version }) => version !== gone.version),
      lost: newest([...lost.filter(({ blob }) => blob !== gone.blob), gone], LOST_ENTRIES, RING_BYTES),
      seen: Math.min(seen, gone.version - 1),
    };
  }

  /** Keeps copies of what a step might cost; they become true with the step's record. */
  backUp(by: SyncCopyCause, copies: readonly (readonly [why: DocumentRecord['backups'][number]['why'], text: string])[]): void {
    const now = this.deps.now();
    let { backups } = this.#record;
    for (const [why, text] of copies) {
      const blob = this.deps.files.put(text);
      backups = [...backups.filter((one) => one.blob !== blob), { blob, why, by, at: now, bytes: Buffer.byteLength(text) }];
    }
    this.#record = { ...this.#record, backups: newest(backups, BACKUPS, BACKUP_BYTES) };
  }

  /** How the document stands once a person decided the open merge: by choices, and where there are none by the file itself. */
  decided(open: Open): Pick<Standing, 'open' | 'merged' | 'act'> & { readonly decided: Decided[] } {
    const { decided, merged } = this.#record;
    return { open: null, act: 'decided', decided: decidedOf(decided, decisionsIn(open, this.deps.now())), merged: open.from === 'orphan' ? [...merged, open.theirsVersion] : merged };
  }

  /** Lets a person take back what they let be written over the file; becomes true with the step's record. */
  canTakeBack(before: string | null, after: string, { begins = false, decided = null, open = null }: { readonly begins?: boolean; /** When the decisions were made that it comes of, and the merge that they end. */ readonly decided?: number | null; readonly open?: Open | null } = {}): void {
    const { files } = this.deps;
    const { note } = this.#record;
    this.#record = { ...this.#record, settled: before === null ? null : { before: files.put(before), after: files.put(after), begins, note, sent: false, decided, open } };
  }

  /** Taking back ends with the next change of the file: what it holds later, were it just the same, came of something else. */
  endTakingBack(sha: string | null): void {
    const { settled } = this.#record;
    if (settled !== null && sha !== settled.after) this.step({ settled: null });
  }

  /** Makes a change of the record true. */
  step(change: Partial<DocumentRecord>): void {
    const next = { ...this.#record, ...change };
    this.deps.files.save(next);
    this.#record = next;
  }
}

const DECISIONS = 500;
const LONGEST_RESULT = 2_000;

/** The decisions with new ones behind them: the last few, and of long values their beginning. */
export const decidedOf = (decided: readonly Decided[], fresh: readonly Decided[]): Decided[] =>
  [...decided, ...fresh.map((one) => ({ ...one, result: one.result?.slice(0, LONGEST_RESULT) ?? null }))].slice(-DECISIONS);

/** The last ones, as many as allowed by number and size; the very last always. */
const newest = <T extends { readonly bytes: number }>(items: readonly T[], most: number, bytes: number): T[] => {
  const kept: T[] = [];
  let total = 0;
  for (const item of [...items].reverse()) {
    total += item.bytes;
    if (kept.length > 0 && (kept.length >= most || total > bytes)) break;
    kept.unshift(item);
  }
  return kept;
};
