import { z } from 'zod';
import type { SyncFirstRun, SyncMeeting } from '../../../shared/model/sync';

const Account = z.looseObject({ name: z.string(), provider: z.string(), url: z.string() });

/** What makes two accounts one for whoever set them up; null where a row is not about a whole account. */
const sameness = ({ path, here, there, cut }: SyncMeeting): string | null => {
  const text = here ?? there;
  if (path.length !== 1 || cut || text === undefined) return null;
  const found = Account.safeParse(JSON.parse(text));
  return found.success ? JSON.stringify([found.data.name, found.data.provider, found.data.url]) : null;
};

/** Accounts that were set up by hand on both devices: none of the two comes or goes, though each has an id of its own. */
export const withoutTwins = (first: SyncFirstRun): SyncFirstRun => {
  const { merge, rows } = first;
  if (merge === null) return first;
  const of = (from: SyncMeeting['from']): ReadonlySet<string> => new Set(rows.filter((row) => row.from === from).flatMap((row) => sameness(row) ?? []));
  const [here, there] = [of('here'), of('there')];
  const left = rows.filter((row) => {
    const one = row.from === 'both' ? null : sameness(row);
    return one === null || !here.has(one) || !there.has(one);
  });
  const gone = (from: SyncMeeting['from']): number => rows.filter((row) => row.from === from).length - left.filter((row) => row.from === from).length;
  return { ...first, merge: { ...merge, fromHere: merge.fromHere - gone('here'), fromThere: merge.fromThere - gone('there') }, rows: left };
};
