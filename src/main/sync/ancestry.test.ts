import { describe, expect, it } from 'vitest';
import { ancestorsOf, commonAncestors, meetingOf, orphansOf, parentsIn, withKnown, type Graph, type Node } from './ancestry';

type Given = Partial<Node> & { readonly on?: number; readonly merged?: readonly number[] };
const graphOf = (seen: number, versions: Readonly<Record<number, Given>>, cutsMessages = false): Graph => ({
  seen,
  cutsMessages,
  nodes: new Map(
    Object.entries(versions).map(([key, { on, merged = [], ...given }]) => {
      const version = Number(key);
      const tag = on === undefined ? null : { op: `op${version}`, base: on, merged, digest: '' };
      return [version, { version, deviceId: `d${version}`, tag, altered: false, resolver: null, own: null, holds: [], knew: [], ...given }];
    }),
  ),
});
const commonOf = (graph: Graph, version: number): readonly number[] => commonAncestors(graph, ancestorsOf(graph, version), new Set(), parentsIn(graph, () => []));
const sorted = (versions: Iterable<number>): number[] => [...versions].sort((a, b) => a - b);

describe('what a version stands on', () => {
  it('is what its tag says, and down to what this device has seen', () => {
    const graph = graphOf(3, { 4: { on: 3 }, 5: { on: 3 }, 6: { on: 4, merged: [5] } });
    expect(sorted(ancestorsOf(graph, 6))).toEqual([3, 4, 5, 6]);
    expect(sorted(ancestorsOf(graph, 5))).toEqual([3, 5]);
  });
  it('is the version before for a version without a tag', () => {
    expect(sorted(ancestorsOf(graphOf(3, { 4: { on: 2 }, 5: {} }), 5))).toEqual([2, 4, 5]);
  });
  it('is its base alone for a version that the host altered', () => {
    expect(sorted(ancestorsOf(graphOf(3, { 4: { on: 3 }, 5: { on: 3, merged: [4], altered: true } }), 5))).toEqual([3, 5]);
  });
  it('is what its device knew by its earlier pushes, too, but for those that came above its base', () => {
    const nodes = (...given: readonly (readonly [version: number, device: string, on: number, merged?: readonly number[], altered?: boolean])[]): Graph => {
      const graph = graphOf(1, Object.fromEntries(given.map(([version, deviceId, on, merged = [], altered = false]) => [version, { deviceId, on, merged, altered }])));
      return { ...graph, nodes: withKnown(graph.nodes) };
    };
    expect(sorted(ancestorsOf(nodes([2, 'a', 1], [3, 'b', 1], [4, 'a', 3]), 4))).toEqual([1, 2, 3, 4]);
    expect(sorted(ancestorsOf(nodes([2, 'b', 1], [3, 'b', 1], [4, 'a', 3, [2], true], [5, 'a', 4]), 5))).toEqual([1, 2, 3, 4, 5]);
    expect(sorted(ancestorsOf(nodes([2, 'a', 1], [3, 'a', 1]), 3))).toEqual([1, 3]);
  });
  it('passes over our own pushes where nothing says that they were known', () => {
    const ours = { own: { base: 3, merged: [] } };
    expect(sorted(ancestorsOf(graphOf(3, { 4: ours, 5: ours, 6: {} }, true), 6))).toEqual([3, 6]);
    expect(sorted(ancestorsOf(graphOf(3, { 4: {}, 5: ours, 6: { resolver: { repeats: null } } }), 6))).toEqual([3, 4, 6]);
    expect(sorted(ancestorsOf(graphOf(3, { 4: { on: 3 }, 5: { on: 4 }, 6: { resolver: { repeats: 4 } } }), 6))).toEqual([3, 4, 6]);
  });
  it('is none of what a push of ours overwrote unseen, which its reader took for known', () => {
    const over = { own: { base: 3, merged: [] } };
    expect(sorted(ancestorsOf(graphOf(3, { 4: {}, 5: over, 6: {}, 7: {} }, true), 7))).toEqual([3, 6, 7]);
    expect(sorted(ancestorsOf(graphOf(3, { 4: {}, 5: over, 6: { holds: [5] } }, true), 6))).toEqual([3, 5, 6]);
    expect(sorted(ancestorsOf(graphOf(3, { 4: {}, 5: { own: { base: 4, merged: [] } }, 6: {} }, true), 6))).toEqual([3, 4, 6]);
  });
  it('never loops, whatever a tag says', () => {
    expect(sorted(ancestorsOf(graphOf(1, { 2: { on: 2 }, 3: { on: 9, merged: [3] } }), 3))).toEqual([1, 2, 3]);
  });
});

describe('common ancestor and orphans', () => {
  it('is an older version when the head does not stand on ours', () => {
    const graph = graphOf(10, { 11: { on: 9 } });
    expect(commonOf(graph, 11)).toEqual([9]);
  });
  it('is none for documents that share nothing', () => {
    const graph = graphOf(0, { 1: { on: 0 } });
    expect(commonOf(graph, 1)).toEqual([]);
  });
  it('are several where both sides merged the same ones, without those that others stand on', () => {
    const graph = graphOf(3, { 4: { on: 2, merged: [3] }, 5: { on: 4 } });
    const parents = parentsIn(graph, (version) => (version === 2 || version === 3 ? [1] : []));
    expect(commonAncestors(graph, ancestorsOf(graph, 5), new Set(), parents)).toEqual([3, 2]);
    expect([meetingOf(parents, 2, [3]), meetingOf(parents, 2, [5]), meetingOf(parents, 9, [3])]).toEqual([[1], [2], null]);
    const firsts = parentsIn(graph, (version) => (version < 4 ? [0] : []));
    expect([meetingOf(firsts, 2, [3]), meetingOf(firsts, 1, [4])]).toEqual([[], []]);
    expect(commonAncestors(graph, new Set([1, 2, 4, 5]), new Set([4]), parents)).toEqual([4]);
  });
  it('finds versions that were overwritten unseen, the last of each line only', () => {
    const graph = graphOf(3, { 4: { on: 3 }, 5: { on: 4 }, 6: { on: 3 }, 7: { on: 3, merged: [6] } });
    expect(orphansOf(graph, ancestorsOf(graph, 7), new Set())).toEqual([5]);
    expect(orphansOf(graph, ancestorsOf(graph, 7), new Set([5, 4]))).toEqual([]);
  });
  it('counts what a host made of a push for nothing once its device has pushed again', () => {
    const same = { deviceId: 'd', altered: true };
    const graph = graphOf(1, { 2: { on: 1, ...same }, 3: { on: 1 }, 4: { on: 1, ...same }, 5: { on: 1 } });
    expect(orphansOf(graph, ancestorsOf(graph, 5), new Set())).toEqual([3, 4]);
  });
});
