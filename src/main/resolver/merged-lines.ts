import { merge, resolve } from '../../merge';

const asItIs = (text: string): string => text;

/** Two texts with the changes of both, by lines; where both changed the same lines, mine's stand before theirs'. */
export const mergedLines = (base: string, mine: string, theirs: string): string => {
  const outcome = merge(base.split('\n'), mine.split('\n'), theirs.split('\n'), { digest: asItIs, policy: { rules: [{ path: '', as: 'list' }] } });
  const { value } = resolve(outcome, new Map(outcome.conflicts.map(({ id }) => [id, { take: 'both', first: 'mine' }])));
  return Array.isArray(value) ? value.join('\n') : mine;
};
