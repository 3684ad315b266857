import type { Call, DeleteOutcome, DeleteTarget } from '../contract';
import { fetchDeleteLink, followDeleteLink, isGone, lookAtImage, type DeleteContext, type DeleteReading } from '../delete-outcome';
import type { HttpAnswer } from '../http';
import { deleteLink } from '../url-rules';

const HOPS = 3;

/** The page that a delete link redirects to after success is named `…?deleted`, and itself answers 404. */
const saysDeleted = (address: URL): boolean => address.searchParams.has('deleted');

const resolve = (location: string | undefined, from: string): URL | null => {
  try {
    return location === undefined ? null : new URL(location, from);
  } catch {
    return null;
  }
};

const readNotFound = async (status: number, target: DeleteTarget, call: Call, context: DeleteContext): Promise<DeleteReading> => {
  const evidence = `HTTP ${status}`;
  // A wrong password and a picture long gone answer alike: the picture's own address tells them apart.
  const seen = await lookAtImage(target, call, context);
  if (seen === 'gone') return { status: 'already_gone', evidence: `${evidence}, picture gone` };
  if (seen === 'there') return { status: 'refused', evidence: `${evidence}, picture still there` };
  return { status: 'unconfirmed', evidence: `${evidence}, picture not checked` };
};

/** Follows redirects by hand, since followed to their end success and failure are the same 404 page. */
const read = async (first: HttpAnswer, from: string, target: DeleteTarget, call: Call, context: DeleteContext): Promise<DeleteReading> => {
  let answer = first;
  let address = from;
  for (let hop = 0; hop <= HOPS; hop += 1) {
    const location = resolve(answer.headers['location'], address);
    if (isGone(answer.status)) return readNotFound(answer.status, target, call, context);
    if (answer.status < 300 || answer.status >= 400 || location === null) break;
    if (saysDeleted(location)) return { status: 'deleted', evidence: `HTTP ${answer.status} to ?deleted` };
    const next = deleteLink(location.href, context.allowHttp);
    if (next === null || hop === HOPS) break;
    address = next;
    answer = await fetchDeleteLink(address, call, context);
  }
  return { status: 'look', evidence: `HTTP ${answer.status}` };
};

/** Follows a Chevereto delete link: a GET that answers pages. */
export const removeByLink = (target: DeleteTarget, call: Call, context: DeleteContext): Promise<DeleteOutcome> =>
  followDeleteLink(target, call, context, (answer) => read(answer, target.deleteUrl, target, call, context));
