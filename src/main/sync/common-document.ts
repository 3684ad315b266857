import { ancestorsOf, broughtBack, commonAncestors, meetingOf, standsOn, type Graph, type ParentsOf } from './ancestry';
import type { Ledger, LedgerDeps } from './ledger';
import type { RemoteView } from './remote-view';
import { openBase } from './own-document';
import type { Lost } from './tag';

/** More versions in common than these are not looked at. */
const MOST_ANCESTORS = 4;
/** Nor further down than this: versions in common of versions in common. */
const MOST_LEVELS = 4;

type TextOf = (version: number) => Promise<string | null>;

/** What was pushed as `version`, made on the version `base`. */
type Push = { readonly version: number; readonly base: number; readonly text: string };

/** What a version and this device's document have in common. */
export type Shared = {
  /** The versions that both stand on, the highest first; none: nothing in common. */
  readonly versions: readonly number[];
  readonly parents: ParentsOf;
  /** What this device pushed and the host made something else of, if that is in the version: it then knows the push as well. */
  readonly push: Push | null;
  /** Versions in this device's document that a host may have merged into theirs without anybody saying so, the lowest first; the texts of those that it altered. `into`: what it made then, which theirs stands on. */
  readonly under: readonly { readonly version: number; readonly text: string | null; readonly into: readonly number[] }[];
  /** A version that both stood on and the host lost: nearer than those that it still has. */
  readonly gone: string | null;
  /** What is known of versions that the host lost, if the version brings back what is of that time. */
  readonly lost: readonly string[];
};

/** The document that two others grew from, which a merge of them is made over. */
export class CommonDocument {
  constructor(
    private readonly deps: Pick<LedgerDeps, 'texts' | 'files'>,
    private readonly ledger: Ledger,
  ) {}

  /** `here`: the versions whose content is in this device's document. */
  with(view: RemoteView, graph: Graph, version: number, here: ReadonlySet<number>, parents: ParentsOf): Shared {
    const theirs = ancestorsOf(graph, version);
    const { operations, lost, open } = this.ledger.record;
    // Of an overwritten version that is asked about, all the rest is here.
    const has = open?.from === 'orphan' ? new Set([...here, ...ancestorsOf(graph, open.theirsVersion)]) : here;
    const versions = view.isFirst ? [] : commonAncestors(graph, theirs, has, parents);
    const back = broughtBack(graph, theirs, here);
    const pushes = operations.flatMap(({ version: as, blob, base }): Push[] => {
      const text = as === null || blob === null || !theirs.has(as) || graph.nodes.get(as)?.altered !== true ? null : this.deps.files.get(blob);
      return as === null || text === null ? [] : [{ version: as, base: Math.min(base, as - 1), text }];
    });
    return {
      versions,
      parents,
      push: pushes.at(-1) ?? null,
      under: this.#under(graph, theirs, has, versions, parents),
      gone: this.#gone(versions, back),
      lost: back.length > 0 ? lost.flatMap(({ blob }) => this.deps.files.get(blob) ?? []) : [],
    };
  }

  /** What lay at the host when it made something else of a push that is in theirs. Nobody says whether it is in that. */
  #under(graph: Graph, theirs: ReadonlySet<number>, here: ReadonlySet<number>, common: readonly number[], parents: ParentsOf): Shared['under'] {
    const { base, ring, operations, open } = this.ledger.record;
    // At open places this device's document is not what it has taken.
    if (open !== null) return [];
    const altered = [...graph.nodes.values()].filter((node) => node.altered && theirs.has(node.version) && !here.has(node.version));
    if (altered.length === 0) return [];
    const pushed = new Map(
      operations.flatMap(({ version, blob }) => {
        const text = version === null || blob === null || !altered.some((node) => node.version === version) ? null : this.deps.files.get(blob);
        return version === null || text === null ? [] : [[version, text] as const];
      }),
    );
    // A push of ours that the host altered is not among them: there it holds what others added, which was never here.
    const mine = [...here, ...ring.map(({ version }) => version), ...(base === null ? [] : [base.version])].filter((version) => !theirs.has(version));
    const below = altered.map((node) => {
      const madeOn = node.own?.base ?? node.tag?.base ?? 0;
      return [Math.max(0, ...mine.filter((version) => version > madeOn && version < node.version)), node.version] as const;
    });
    // What the common version stands on is older than it. Of what lies below what was seen, that is not always known.
    const isOlder = (version: number): boolean => common.some((one) => one >= version && (one <= graph.seen || standsOn(parents, one, version)));
    return [...new Set([...below.map(([version]) => version), ...pushed.keys()])]
      .filter((version) => version > 0 && !isOlder(version))
      .sort((a, b) => a - b)
      .map((version) => ({ version, text: pushed.get(version) ?? null, into: below.flatMap(([one, into]) => (one === version ? [into] : [])) }));
  }

  #gone([highest = 0]: readonly number[], back: readonly Lost[]): string | null {
    const { lost, lostFrom } = this.ledger.record;
    // What was made since stands on what was lost, and is nearer still.
    if (lostFrom === null || highest > lostFrom) return null;
    const both = lost.findLast((one) => back.some(({ version, digest }) => version === one.version && one.loose.startsWith(digest)));
    return both === undefined ? null : this.deps.files.get(both.blob);
  }

  /** Its text; of versions that cannot be had any more, an older one serves. Null: nothing in common. */
  async text(view: RemoteView, { versions, parents, gone }: Shared): Promise<string | null> {
    const { open, ring } = this.ledger.record;
    const [highest] = versions;
    const asked = open !== null && versions.includes(open.theirsVersion) ? open : null;
    if (gone !== null && asked === null) return gone;
    if (highest === undefined) return null;
    // While places are open, what stood there before is the base for them. Where there was nothing in common all is asked anew.
    const before = asked === null ? null : await openBase(this.deps, asked, this.ledger.record.policy);
    if (asked !== null && before === null) return null;
    const textOf = async (version: number): Promise<string | null> => (version === asked?.theirsVersion ? before : ((await view.content(version))?.text ?? null));
    // Who made the other may have merged what was pushed from here: then both stand on that, at the open places too.
    const found = await this.#together(versions, textOf, parents);
    if (found !== null) return found;
    const older = ring.filter(({ version }) => version < highest).at(-1);
    return older === undefined ? null : this.deps.files.get(older.blob);
  }

  /**
   * Several versions in common, the highest first, are one document: both sides have merged them already. Where they clash it
   * is the highest's. What they have in common may be several in turn: one of these alone would not know what the other had.
   */
  async #together(versions: readonly number[], textOf: TextOf, parents: ParentsOf, levels = MOST_LEVELS): Promise<string | null> {
    const [highest, ...others] = versions.slice(0, levels === 0 ? 1 : 1 + MOST_ANCESTORS);
    let text = highest === undefined ? null : await textOf(highest);
    if (highest === undefined || text === null) return null;
    const joined = [highest];
    for (const version of others) {
      const upon = await this.#upon(text, joined, version, await textOf(version), textOf, parents, levels - 1);
      if (upon !== null) joined.push(version);
      text = upon ?? text;
    }
    return text;
  }

  /** What another version changed since they met, upon the document of some versions; where both changed something it stays. Null where that cannot be told. */
  async #upon(text: string, versions: readonly number[], other: number, changed: string | null, textOf: TextOf, parents: ParentsOf, levels = MOST_LEVELS): Promise<string | null> {
    const meeting = meetingOf(parents, other, versions);
    if (meeting !== null && versions.every((version) => meeting.includes(version))) return changed;
    if (changed === null || meeting === null) return null;
    const below = await this.#together(meeting, textOf, parents, levels);
    if (below === null && meeting.length > 0) return null;
    // Some are as this device wrote them, some as the host gave them.
    const sides = [below, text, changed];
    const [before, here, there] = [await this.#unfolded(below, ...sides), await this.#unfolded(text, ...sides), await this.#unfolded(changed, ...sides)];
    const merged = here === null || there === null ? null : await this.deps.texts.merge(before, here, there, this.ledger.record.policy, {});
    if (merged === null || merged.status === 'refused') return null;
    return merged.status === 'merged' ? merged.text : merged.own;
  }

  /** The common document, with what theirs has of this device's own without anybody saying so: what was changed here since then stays changed. */
  async over(view: RemoteView, common: string | null, theirs: string, { under, push, versions, parents, gone }: Shared): Promise<string | null> {
    const [highest] = gone === null ? versions : [];
    const ancestor = await this.#unfolded(common, push?.text ?? null, theirs);
    const textOf = async (version: number): Promise<string | null> => this.#unfolded((await view.content(version))?.text ?? null, push?.text ?? null, theirs);
    let base = push === null ? ancestor : await this.#overOwn(textOf, ancestor, push);
    for (const { version, text, into } of under) {
      const pushed = text ?? (await textOf(version));
      // A push that was made on something older says nothing of what came into the common document since.
      const upon = ancestor === null || highest === undefined ? null : await this.#upon(ancestor, [highest], version, pushed, textOf, parents);
      if (pushed === null) continue;
      // Who changed it further had it from what the host made.
      for (const taken of [...(await Promise.all(into.map(textOf))), theirs]) if (taken !== null) base = await this.deps.texts.overPush(base, upon ?? pushed, taken, this.ledger.record.policy);
    }
    return base;
  }

  /**
   * The common document, with what was changed by the push wherever the host took that: whoever made theirs has seen it
   * there, at open places too.
   */
  async #overOwn(textOf: TextOf, ancestor: string | null, push: Push): Promise<string | null> {
    const { policy } = this.ledger.record;
    const stored = await textOf(push.version);
    const before = push.base === 0 ? null : await textOf(push.base);
    if (stored === null || (before === null && push.base > 0)) return ancestor;
    // What others changed meanwhile is in the common document and no change of the push's, whatever the host made of it.
    const onTop = async (text: string): Promise<string> => {
      const merged = ancestor === null ? null : await this.deps.texts.merge(before, text, ancestor, policy, {});
      return merged === null || merged.status === 'refused' ? text : merged.status === 'merged' ? merged.text : merged.own;
    };
    return this.deps.texts.overPush(ancestor, await onTop(push.text), await onTop(stored), policy);
  }

  /** With objects where a host made lists of them and these have them still: beside a list nothing in an object is the same. */
  async #unfolded(text: string | null, ...known: readonly (string | null)[]): Promise<string | null> {
    if (text === null || !this.ledger.record.host.foldsEmpty) return text;
    let shown = text;
    for (const one of known) if (one !== null) shown = await this.deps.texts.restore(shown, one);
    return shown;
  }

  /** What was deleted here stays deleted when another brings it back from a time that the host lost. */
  async recalled(ancestor: string | null, mine: string, theirs: string, { lost }: Shared): Promise<string | null> {
    return lost.length === 0 ? ancestor : this.deps.texts.recall(ancestor, mine, theirs, lost, this.ledger.record.policy);
  }
}
