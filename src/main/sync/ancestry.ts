import type { Lost, Tag } from './tag';

/** A version as ancestry sees it. */
export type Node = {
  readonly version: number;
  readonly deviceId: string | null;
  /** Its base is a version that the host still has. */
  readonly tag: Tag | null;
  /** The host stored something else than what was pushed. */
  readonly altered: boolean;
  /** Made by a resolution at the host, which cannot say what it stands on: but the older version whose document it repeats can. */
  readonly resolver: { readonly repeats: number | null } | null;
  /** A push of this device, with what its own record says. */
  readonly own: { readonly base: number; readonly merged: readonly number[] } | null;
  /** Pushes of this device whose changes are all in it, where no word says what it stands on. */
  readonly holds: readonly number[];
  /** What its device had pushed before, and what that was made of. */
  readonly knew: readonly number[];
};

export type Graph = {
  /** Every version above `seen` that the host still has. */
  readonly nodes: ReadonlyMap<number, Node>;
  /** All versions up to here are in the document on this device. */
  readonly seen: number;
  /** The host cuts messages, so that a version without a tag may be one of ours. */
  readonly cutsMessages: boolean;
};

/**
 * The nearest older version that is not a push of this device: no word says whether ours were known. Nor are those that one
 * of ours overwrote unseen: whoever read that took it to stand on them, and only this device knows better.
 */
const withoutOurs = (graph: Graph, node: Node): number[] => {
  const ours: ReadonlySet<number>[] = [];
  for (let version = node.version - 1; version > graph.seen; version -= 1) {
    const older = graph.nodes.get(version);
    if (older === undefined) continue;
    if (older.own !== null) ours.push(ancestorsOf(graph, version));
    else if (node.resolver !== null || ours.every((known) => known.has(version))) return [version];
  }
  return [graph.seen];
};

const parentsOf = (graph: Graph, node: Node): readonly number[] => {
  // A number that the host used twice stands on itself; what it replaced is gone.
  const older = (versions: readonly number[]): number[] => versions.map((version) => Math.min(version, node.version - 1));
  if (node.own !== null) return node.altered ? [Math.min(node.own.base, node.version - 1)] : older([node.own.base, ...node.own.merged]);
  if (node.tag !== null) return node.altered ? [Math.min(node.tag.base, node.version - 1)] : older([node.tag.base, ...node.tag.merged, ...node.knew]);
  if (node.resolver?.repeats != null) return older([node.resolver.repeats]);
  return node.resolver !== null || graph.cutsMessages ? [...withoutOurs(graph, node), ...node.holds] : [node.version - 1];
};

/** The version and everything its content stands on, down to `seen`; versions at or below it are not followed further. */
export const ancestorsOf = (graph: Graph, version: number): ReadonlySet<number> => {
  const found = new Set<number>();
  const waiting = [version];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next <= 0 || found.has(next)) continue;
    found.add(next);
    const node = next > graph.seen ? graph.nodes.get(next) : undefined;
    if (node !== undefined) waiting.push(...parentsOf(graph, node));
  }
  return found;
};

/**
 * With what each push's device knew by its earlier ones: a later push names that no more, and a host may have made something
 * else of the one that did. A device that pushes had read all up to its base, its own pushes among them: what came in its
 * name above that is another's, who runs with a copy of its data.
 */
export const withKnown = (nodes: ReadonlyMap<number, Node>): Map<number, Node> => {
  const last = new Map<string, Node>();
  return new Map(
    [...nodes.values()]
      .sort((a, b) => a.version - b.version)
      .map((node) => {
        if (node.tag === null || node.deviceId === null) return [node.version, node];
        const before = last.get(node.deviceId);
        const knew = before?.tag == null || before.version > node.tag.base ? [] : before.altered ? [before.tag.base, ...before.tag.merged, ...before.knew] : [before.version];
        const next = { ...node, knew };
        last.set(node.deviceId, next);
        return [node.version, next];
      }),
  );
};

/** What a version stands on, however old it is; nothing where nobody says. */
export type ParentsOf = (version: number) => readonly number[];

/** By the graph, and below it by what is known of older versions. */
export const parentsIn =
  (graph: Graph, older: ParentsOf): ParentsOf =>
  (version) => {
    const node = graph.nodes.get(version);
    return node === undefined ? older(version).filter((parent) => parent < version) : parentsOf(graph, node);
  };

/** A version and everything it stands on, as far as it is known. */
export const closureOf = (parents: ParentsOf, version: number): Set<number> => {
  const found = new Set<number>();
  const waiting = [version];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next <= 0 || found.has(next)) continue;
    found.add(next);
    waiting.push(...parents(next));
  }
  return found;
};

/** Whether one stands on the other, as far as it is known. */
export const standsOn = (parents: ParentsOf, version: number, other: number): boolean => closureOf(parents, version).has(other);

/** Those of some versions that no other of them stands on, the highest first. */
const tipsOf = (parents: ParentsOf, versions: readonly number[]): readonly number[] => {
  const below = new Set<number>();
  return [...versions].sort((a, b) => b - a).filter((version) => {
    if (below.has(version)) return false;
    if (versions.length > 1) for (const one of closureOf(parents, version)) below.add(one);
    return true;
  });
};

/** The versions that one and some older versions together stand on, the last of each line; none where both go back to first pushes of their own, null where it is not known. */
export const meetingOf = (parents: ParentsOf, one: number, others: readonly number[]): readonly number[] | null => {
  const [ofOne, ofOthers] = [closureOf(parents, one), new Set(others.flatMap((other) => [...closureOf(parents, other)]))];
  const common = [...ofOne].filter((version) => ofOthers.has(version));
  const isFromNothing = (versions: ReadonlySet<number>): boolean => [...versions].some((version) => parents(version).includes(0));
  return common.length > 0 || (isFromNothing(ofOne) && isFromNothing(ofOthers)) ? tipsOf(parents, common) : null;
};

/**
 * The versions that both stand on and that no other such version stands on, the highest first; none: nothing in common.
 * Two devices that merged the same two versions have both of these in common. `mine` holds versions above `seen` only.
 */
export const commonAncestors = (graph: Graph, theirs: ReadonlySet<number>, mine: ReadonlySet<number>, parents: ParentsOf): readonly number[] =>
  tipsOf(parents, [...theirs].filter((version) => version <= graph.seen || mine.has(version)));

/**
 * What a host made of a push holds nothing but the push and versions before it. The push is in whatever its device made
 * later, and at any time in what that device has: here, if it is this one.
 */
const isSpent = (graph: Graph, node: Node): boolean =>
  node.altered && (node.own !== null || (node.deviceId !== null && [...graph.nodes.values()].some((other) => other.version > node.version && other.deviceId === node.deviceId && other.tag !== null)));

/** Versions whose changes are neither in the head nor here: overwritten without being known. Oldest first, tips only. */
export const orphansOf = (graph: Graph, head: ReadonlySet<number>, mine: ReadonlySet<number>): readonly number[] => {
  const lost = [...graph.nodes.values()]
    .filter((node) => !head.has(node.version) && !mine.has(node.version) && !isSpent(graph, node))
    .map(({ version }) => version)
    .sort((a, b) => a - b);
  const below = new Set(lost.flatMap((version) => [...ancestorsOf(graph, version)].filter((ancestor) => ancestor !== version)));
  return lost.filter((version) => !below.has(version));
};

/** The versions that a host lost and that those of these which are not here bring back. */
export const broughtBack = (graph: Graph, versions: ReadonlySet<number>, here: ReadonlySet<number>): readonly Lost[] =>
  [...graph.nodes.values()].flatMap(({ version, tag }) => (versions.has(version) && !here.has(version) ? (tag?.lost ?? []) : []));
