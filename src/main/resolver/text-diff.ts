import type { TextSpan } from '../../shared/model/resolver';

/** Texts that share less than this many edits allow are shown as wholly different. */
const MOST_EDITS = 400;

/**
 * The characters of `after`, and which of them `before` has as well (Myers' algorithm, by code points). Common ends are
 * cut off first, so that small edits of long texts cost little.
 */
export const textSpans = (before: string, after: string): TextSpan[] => {
  const [a, b] = [[...before], [...after]];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const kept = sharedIn(a.slice(start, a.length - end), b.slice(start, b.length - end));
  const same = [...Array<boolean>(start).fill(true), ...kept, ...Array<boolean>(end).fill(true)];
  return inRuns(b, withoutCrumbs(same, Math.max(a.length, b.length)));
};

/** For each of b's characters whether it is in a longest common part with a. */
const sharedIn = (a: readonly string[], b: readonly string[]): boolean[] => {
  const shared = Array<boolean>(b.length).fill(false);
  if (a.length === 0 || b.length === 0) return shared;
  const most = Math.min(a.length + b.length, MOST_EDITS);
  const furthest = new Map<number, number>([[1, 0]]);
  const trace: Map<number, number>[] = [];
  for (let edits = 0; edits <= most; edits += 1) {
    trace.push(new Map(furthest));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = startOn(furthest, diagonal, edits);
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x += 1;
      if (x >= a.length && x - diagonal >= b.length) return walkBack(trace, [a.length, b.length], shared);
      furthest.set(diagonal, x);
    }
  }
  return shared;
};

const startOn = (furthest: ReadonlyMap<number, number>, diagonal: number, edits: number): number => {
  const [down, right] = [furthest.get(diagonal + 1) ?? -1, furthest.get(diagonal - 1) ?? -1];
  return diagonal === -edits || (diagonal !== edits && right < down) ? down : right + 1;
};

const walkBack = (trace: readonly ReadonlyMap<number, number>[], end: readonly [number, number], shared: boolean[]): boolean[] => {
  let [x, y] = end;
  for (let edits = trace.length - 1; edits > 0; edits -= 1) {
    const furthest = trace[edits] ?? new Map<number, number>();
    const diagonal = x - y;
    const [down, right] = [furthest.get(diagonal + 1) ?? -1, furthest.get(diagonal - 1) ?? -1];
    const before = diagonal === -edits || (diagonal !== edits && right < down) ? diagonal + 1 : diagonal - 1;
    const fromX = furthest.get(before) ?? 0;
    const fromY = fromX - before;
    const [startX, startY] = before === diagonal + 1 ? [fromX, fromY + 1] : [fromX + 1, fromY];
    for (; x > startX && y > startY; x -= 1, y -= 1) shared[y - 1] = true;
    [x, y] = [fromX, fromY];
  }
  for (; x > 0 && y > 0; x -= 1, y -= 1) shared[y - 1] = true;
  return shared;
};

/** Fewer characters that happen to be alike between changed ones tell nobody anything. */
const FEWEST_SHARED = 3;
/** Texts that share less than this part are two texts, not one that was edited. */
const LEAST_PART = 0.3;

const withoutCrumbs = (same: readonly boolean[], longer: number): boolean[] => {
  const kept = [...same];
  for (let start = 0; start < kept.length; ) {
    let end = start;
    while (end < kept.length && kept[end] === kept[start]) end += 1;
    if (kept[start] === true && end - start < FEWEST_SHARED && start > 0 && end < kept.length) kept.fill(false, start, end);
    start = end;
  }
  return kept.filter(Boolean).length < longer * LEAST_PART ? kept.map(() => false) : kept;
};

const inRuns = (characters: readonly string[], same: readonly boolean[]): TextSpan[] => {
  const runs: { text: string; same: boolean }[] = [];
  characters.forEach((character, i) => {
    const last = runs.at(-1);
    if (last?.same === (same[i] ?? false)) last.text += character;
    else runs.push({ text: character, same: same[i] ?? false });
  });
  return runs;
};
