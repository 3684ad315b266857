import type { Call, DocumentSync, SyncVersion } from '../providers/contract';
import { closureOf, type Graph, withKnown, type Node } from './ancestry';
import type { DocumentFiles } from './document-folder';
import type { Agreed, DocumentRecord, Resolution } from './record';
import { DIGEST_LENGTH, readMessage, UNTOLD, type Lost, type Tag } from './tag';
import type { DocumentTexts, Facts } from './texts';

export type Content = { readonly text: string; readonly facts: Facts };
export type Head = Content & { readonly version: number; readonly hash: string | null };

export type ViewDeps = {
  readonly host: DocumentSync;
  readonly texts: DocumentTexts;
  readonly files: DocumentFiles;
  readonly deviceId: string;
  readonly call: Call;
};

const PAGE = 100;
/** How many versions are looked at for a document that digests do not tell. */
const REPEATS_WITHIN = 8;
/** How many of our own pushes a version is compared with that says nothing of itself. */
const HELD_WITHIN = 8;
/** Many contents at once come in one answer up to this size. */
const AT_ONCE_BYTES = 20 * 1024 * 1024;

/** The host's digest without its name in front. */
export const bareHash = (hash: string | null): string => (hash ?? '').replace(/^sha256:/i, '').toLowerCase();

/** A message that begins a tag and does not end it. */
const isCut = (message: string): boolean => /\[(wz1?)?$|\[wz1 [^\]]*$/.test(message);

const RESOLVED = /^Resolved conflict #\d+/;
/** A resolution with explicit content, as devices send it: the document that they took for the head. */
const CUSTOM = /resolve_custom$/;

/** The host's versions of one document as far as a sync needs them, read once and asked for more on demand. */
export class RemoteView {
  readonly #rows: Map<number, SyncVersion>;
  readonly #contents = new Map<number, Content | null>();
  /** Resolutions of this device by the versions that came of them. */
  #resolutions: ReadonlyMap<number, Resolution> = new Map();

  private constructor(
    private readonly deps: ViewDeps,
    private readonly record: DocumentRecord,
    readonly head: Head,
    rows: readonly SyncVersion[],
  ) {
    this.#rows = new Map(rows.map((row) => [row.version, row]));
    this.#contents.set(head.version, head);
  }

  /** Reads the head and every version above what this device has seen. Null when the host has no such document. */
  static async load(deps: ViewDeps, record: DocumentRecord): Promise<RemoteView | null> {
    const { host, texts, deviceId, call } = deps;
    const latest = await host.latest(record.fileKey, deviceId, call);
    if (latest === null) return null;
    const read = await texts.read(latest.text, record.policy);
    const facts = read.ok ? read.facts : { canon: '', loose: '' };
    const first = isFirst(record);
    // And the one before, whose number may have been used again just before the base was made.
    const rows = await readRows(deps, record, first ? latest.version - 1 : Math.min(record.seen, record.base?.version ?? 0) - 1);
    const view = new RemoteView(deps, record, { ...latest, facts }, rows);
    if (first) return view;
    for (let version = latest.version; version > record.seen; version -= 1) await view.#findRow(version);
    return view;
  }

  /** Nothing here was ever in this document: what happened before is others' business. */
  get isFirst(): boolean {
    return isFirst(this.record);
  }

  get rows(): readonly SyncVersion[] {
    return [...this.#rows.values()];
  }

  row(version: number): SyncVersion | null {
    return this.#rows.get(version) ?? null;
  }

  /** What the version's message says of it; null where it is not known. */
  tag(version: number): Tag | null {
    const row = this.#rows.get(version);
    return row === undefined ? null : readMessage(row.message).tag;
  }

  /** What a version below the graph stands on, as far as its row says; a resolution, on the version whose document it repeats. */
  olderParents(version: number): readonly number[] {
    const [row, tag] = [this.#rows.get(version), this.tag(version)];
    if (tag !== null) return [tag.base, ...tag.merged];
    const repeated = row !== undefined && RESOLVED.test(row.message) && CUSTOM.test(row.message) ? this.#repeatedByHash(row) : null;
    return repeated === null ? [] : [repeated];
  }

  /** Reads the history down to this version. */
  async readDownTo(version: number): Promise<void> {
    for (const row of await readRows(this.deps, this.record, version)) this.#rows.set(row.version, row);
  }

  /** How far every version is in the head, for whoever takes it whole: others may have been overwritten by it, or have the number now that it was made on. */
  async reachOfHead(): Promise<number> {
    const { version } = this.head;
    await this.#findRow(version);
    const tag = this.tag(version);
    if (tag !== null && !this.#rows.has(tag.base)) await this.readDownTo(tag.base);
    const gone = await this.#goneBase(version, tag);
    return Math.min(version, ...[...(gone === null ? [] : [gone.version]), ...this.beside(version)].map((one) => one - 1));
  }

  /** Older versions that nothing says to be in this one. */
  beside(version: number): readonly number[] {
    const within = closureOf((one) => this.#sureParents(one), version);
    return [...this.#rows.keys()].filter((one) => one < version && !within.has(one));
  }

  /** What is in a version beyond doubt: a host that made something else of it may have put what was merged back. */
  #sureParents(version: number): readonly number[] {
    const [row, tag] = [this.#rows.get(version), this.tag(version)];
    if (row === undefined) return [];
    if (tag !== null) return this.#byHash(row) === true ? [tag.base, ...tag.merged] : [tag.base];
    const older = this.olderParents(version);
    return older.length > 0 ? older : [version - 1];
  }

  /** A version's document: kept here, or asked for. Null when nobody has it. */
  async content(version: number): Promise<Content | null> {
    const known = this.#contents.get(version);
    if (known !== undefined) return known;
    const found = this.#kept(version) ?? (await this.#fetch(version));
    this.#contents.set(version, found);
    return found;
  }

  async graph(): Promise<Graph> {
    const { record } = this;
    if (this.isFirst) return { nodes: new Map(), seen: this.head.version, cutsMessages: false };
    const rows = [...this.#rows.values()].filter(({ version }) => version > record.seen && version <= this.head.version);
    this.#resolutions = await this.#findResolutions(rows);
    const unsure = rows.filter((row) => this.#digestOf(row) !== null && this.#byHash(row) !== true);
    if (unsure.length > 2 && this.head.text.length * rows.length < AT_ONCE_BYTES) await this.#fetchAll();
    const nodes = new Map<number, Node>();
    for (const row of rows) nodes.set(row.version, await this.#node(row));
    const cutsMessages = record.host.longestMessage !== null || [...this.#rows.values()].some(({ message }) => isCut(message));
    const ours = cutsMessages ? [...nodes.values()].filter(({ own }) => own !== null) : [];
    for (const node of ours.length === 0 ? [] : nodes.values()) {
      if (node.own !== null || node.tag !== null || node.resolver !== null) continue;
      const again = node.deviceId === this.deps.deviceId ? await this.#sentAgain(node.version, ours) : null;
      nodes.set(node.version, again === null ? { ...node, holds: await this.#heldBy(node.version, ours) } : { ...node, own: again, altered: true });
    }
    return { nodes: withKnown(nodes), seen: record.seen, cutsMessages };
  }

  /** A version with our name that this device never made: another one runs with a copy of our data. */
  strangerInOurName(): boolean {
    if (this.record.base === null) return false;
    const ours = new Set(this.record.operations.map(({ op }) => op));
    return [...this.#rows.values()].some(({ version, deviceId, message }) => {
      const tag = readMessage(message).tag;
      return version > this.record.seen && deviceId === this.deps.deviceId && tag !== null && !ours.has(tag.op);
    });
  }

  /** Whether a version says that something else was sent, which this host cannot tell from what it stores. */
  folds(): boolean {
    return [...this.#rows.values()].some((row) => {
      const { tag } = readMessage(row.message);
      if (tag?.exact === undefined || tag.exact === null || tag.exact === UNTOLD) return false;
      const facts = this.#contents.get(row.version)?.facts ?? this.#agreed(row.version);
      return facts !== null && facts.loose.startsWith(tag.digest) && !facts.canon.startsWith(tag.exact);
    });
  }

  async #node(row: SyncVersion): Promise<Node> {
    const { tag } = readMessage(row.message);
    const own = this.#own(row, tag);
    const gone = await this.#goneBase(row.version, own ?? tag);
    return {
      version: row.version,
      deviceId: row.deviceId,
      tag: tag === null || gone === null ? tag : { ...tag, base: gone.version - 1, lost: [...(tag.lost ?? []), gone] },
      altered: await this.#isAltered(row),
      resolver: tag === null && RESOLVED.test(row.message) ? { repeats: CUSTOM.test(row.message) ? await this.#repeatedBy(row) : null } : null,
      own: own === undefined ? null : { base: gone === null ? own.base : gone.version - 1, merged: own.merged },
      holds: [],
      knew: [],
    };
  }

  /** Those of our pushes that changed nothing which this version does not have. */
  async #heldBy(version: number, ours: readonly Node[]): Promise<number[]> {
    const held: number[] = [];
    for (const { version: of, own } of ours.filter((one) => one.version < version).slice(-HELD_WITHIN)) {
      const pushed = await this.content(of);
      if (pushed !== null && own !== null && (await this.holds(version, own.base, pushed.text))) held.push(of);
    }
    return held;
  }

  /** The push of ours of which a version in our name is an earlier copy: a network may send one twice. */
  async #sentAgain(version: number, ours: readonly Node[]): Promise<Node['own']> {
    for (const { version: of, own } of ours) {
      const pushed = own === null || own.base >= version || of < version ? null : await this.content(of);
      if (pushed !== null && own !== null && (await this.holds(version, own.base, pushed.text))) return own;
    }
    return null;
  }

  /** Whether the version has all that a push changed of the version it was made on. */
  async holds(version: number, base: number, pushed: string): Promise<boolean> {
    const [there, before] = [await this.content(version), base === 0 ? null : await this.content(base)];
    if (there === null || (before === null && base > 0)) return false;
    const merged = await this.deps.texts.merge(before?.text ?? null, pushed, there.text, this.record.policy, {});
    return merged.status === 'merged' && (await this.#read(merged.text))?.facts.canon === there.facts.canon;
  }

  /** The version that a push was made on, where its number was used again since: what has the number now is not in the push. */
  async #goneBase(version: number, made: { readonly base: number; readonly on?: string | null } | null): Promise<Lost | null> {
    const { base = 0, on = null } = made ?? {};
    if (on === null || base === 0 || base > version || this.tag(base)?.digest.startsWith(on) === true) return null;
    const content = await this.content(base);
    return content === null || content.facts.loose.startsWith(on) ? null : { version: base, digest: on };
  }

  /** The newest older version with the same document. One that came between the two was overwritten by whoever repeated it. */
  async #repeatedBy(row: SyncVersion): Promise<number | null> {
    const byHash = this.#repeatedByHash(row);
    if (byHash !== null) return byHash;
    const older = this.#below(row);
    const content = await this.content(row.version);
    for (const { version } of older.slice(0, REPEATS_WITHIN)) if (content !== null && (await this.content(version))?.facts.canon === content.facts.canon) return version;
    return null;
  }

  #repeatedByHash(row: SyncVersion): number | null {
    return row.hash === null ? null : (this.#below(row).find(({ hash }) => hash === row.hash)?.version ?? null);
  }

  /** The older rows, newest first. */
  #below({ version }: SyncVersion): readonly SyncVersion[] {
    return [...this.#rows.values()].filter((one) => one.version < version).sort((a, b) => b.version - a.version);
  }

  #own(row: SyncVersion, tag: Tag | null): (Pick<DocumentRecord['operations'][number], 'base' | 'merged' | 'loose'> & { readonly on?: string | null }) | undefined {
    const resolution = tag === null ? this.#resolutions.get(row.version) : undefined;
    if (resolution !== undefined) return { ...resolution, merged: [] };
    return this.record.operations.find(({ op, version }) => (tag === null ? version === row.version && row.deviceId === this.deps.deviceId : op === tag.op));
  }

  /** By the number that the answer gave; without an answer, by the document that was sent. */
  async #findResolutions(rows: readonly SyncVersion[]): Promise<ReadonlyMap<number, Resolution>> {
    const found = new Map<number, Resolution>();
    const untagged = this.record.resolutions.length === 0 ? [] : rows.filter(({ message }) => readMessage(message).tag === null).sort((a, b) => a.version - b.version);
    for (const one of this.record.resolutions) {
      for (const row of untagged) {
        if (row.version <= one.base || !(await this.#cameOf(one, row))) continue;
        found.set(row.version, one);
        break;
      }
    }
    return found;
  }

  async #cameOf({ version, hash, canon, loose }: Resolution, row: SyncVersion): Promise<boolean> {
    if (version !== null) return row.version === version && (hash === null || row.hash === null || row.hash === hash);
    return bareHash(row.hash) === canon || (await this.content(row.version))?.facts.loose === loose;
  }

  /** What the version's content should begin its loose digest with; null when nothing says. */
  #digestOf(row: SyncVersion): string | null {
    const { tag } = readMessage(row.message);
    return tag?.digest ?? this.#own(row, null)?.loose.slice(0, DIGEST_LENGTH) ?? null;
  }

  #byHash(row: SyncVersion): boolean | null {
    const digest = this.#digestOf(row);
    return digest !== null && bareHash(row.hash).startsWith(digest) ? true : null;
  }

  async #isAltered(row: SyncVersion): Promise<boolean> {
    const digest = this.#digestOf(row);
    if (digest === null || this.#byHash(row) === true) return false;
    const content = await this.content(row.version);
    return content === null || !content.facts.loose.startsWith(digest);
  }

  async #findRow(version: number): Promise<void> {
    if (this.#rows.has(version)) return;
    const { host, call } = this.deps;
    const found = await host.version(this.record.fileKey, version, null, call);
    if (found === null) return;
    this.#rows.set(version, found);
    this.#contents.set(version, await this.#read(found.text));
  }

  /** What this device and the host agreed on as this version. */
  #agreed(version: number): Agreed | null {
    const { base, ring } = this.record;
    const agreed = [...ring, ...(base === null ? [] : [base])].findLast((one) => one.version === version);
    const hash = this.#rows.get(version)?.hash ?? null;
    return agreed === undefined || (hash !== null && agreed.hash !== null && hash !== agreed.hash) ? null : agreed;
  }

  #kept(version: number): Content | null {
    const agreed = this.#agreed(version);
    const text = agreed === null ? null : this.deps.files.get(agreed.blob);
    return agreed === null || text === null ? null : { text, facts: agreed };
  }

  async #fetch(version: number): Promise<Content | null> {
    const { host, call } = this.deps;
    const found = await host.version(this.record.fileKey, version, this.#rows.get(version)?.hash ?? null, call);
    return found === null ? null : this.#read(found.text);
  }

  async #fetchAll(): Promise<void> {
    const { host, call } = this.deps;
    const found = await host.since(this.record.fileKey, this.record.seen, '', call);
    for (const { version, text } of found?.updates ?? []) {
      if (text !== null && !this.#contents.has(version)) this.#contents.set(version, await this.#read(text));
    }
  }

  async #read(text: string): Promise<Content | null> {
    const read = await this.deps.texts.read(text, this.record.policy);
    return read.ok ? { text, facts: read.facts } : null;
  }
}

const isFirst = ({ base, outbox, operations }: DocumentRecord): boolean => base === null && outbox === null && operations.every(({ version }) => version === null);

/** History rows, newest first, until one is at or below `floor`. */
async function readRows({ host, call }: ViewDeps, { fileKey }: DocumentRecord, floor: number): Promise<readonly SyncVersion[]> {
  const rows: SyncVersion[] = [];
  for (let page = 1; ; page += 1) {
    const found = await host.history(fileKey, page, PAGE, call);
    rows.push(...(found?.versions ?? []));
    const oldest = found?.versions.at(-1)?.version;
    if (found === null || oldest === undefined || oldest <= floor || page >= found.totalPages) return rows;
  }
}
