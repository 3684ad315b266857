import type { OpenConflict } from '../../../src/main/sync/engine-contract';
import type { TextChoice } from '../../../src/merge';
import { factsAt, factsOfSide, placeOf, type Facts } from './facts';
import type { Roll } from './story-document';

/** An answer, and what the place says by it. */
export type Decided = { readonly choice: TextChoice; readonly after: Facts };

const listOf = (text: string | undefined): readonly string[] => (text === undefined ? [] : (JSON.parse(text) as readonly string[]));

/** Whether both sides can be kept without having an item twice, which would be the person's own doing. */
const canKeepBoth = ({ kind, both, mine, theirs }: OpenConflict): boolean => both && (kind !== 'list' || listOf(mine).every((item) => !listOf(theirs).includes(item)));

export const keeping = (conflict: OpenConflict, take: 'mine' | 'theirs' | 'base' | 'both', first: 'mine' | 'theirs' = 'mine'): Decided => {
  if (take !== 'both') return { choice: { take }, after: factsOfSide(conflict, take) };
  return { choice: { take, first }, after: new Map([...factsOfSide(conflict, 'theirs'), ...factsOfSide(conflict, 'mine')]) };
};

/** What a person types instead: for a list, mine with a further item; for an element, another one of that identity. */
const typedFor = ({ kind, path, mine }: OpenConflict, fresh: string): unknown => {
  if (kind === 'list') return [...new Set([...listOf(mine), fresh])];
  const last = path.at(-1);
  return typeof last === 'object' && 'idValue' in last ? { id: JSON.parse(last.idValue) as string, n: fresh } : fresh;
};

/** Some answer to a question. */
export const decided = (conflict: OpenConflict, roll: Roll, fresh: () => string): Decided => {
  const [take, first] = [(['mine', 'theirs', 'both', 'base', 'typed'] as const)[roll(5)] ?? 'mine', roll(2) === 0 ? 'mine' : 'theirs'] as const;
  if (take === 'both') return keeping(conflict, canKeepBoth(conflict) ? take : 'mine', first);
  if (take !== 'typed') return keeping(conflict, take);
  if (conflict.kind === 'order' || conflict.kind === 'duplicate-id') return keeping(conflict, 'mine');
  const value = typedFor(conflict, fresh());
  return { choice: { take: 'edited', text: JSON.stringify(value) }, after: factsAt(placeOf(conflict.path), value) };
};

/** The answer that keeps most. */
export const keepingMost = (conflict: OpenConflict): Decided => keeping(conflict, canKeepBoth(conflict) ? 'both' : 'mine');
