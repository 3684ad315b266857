import { problemOf } from '../../lib/picferry-error';
import { attempt } from './attempt';
import type { Call, DeleteOutcome, DeleteTarget } from './contract';
import { ProviderError } from './errors';
import { HttpFailure, type Http, type HttpAnswer } from './http';
import { deleteLink } from './url-rules';

export type DeleteContext = {
  readonly http: Http;
  readonly now: () => number;
  readonly allowHttp: boolean;
};

/** What the answer to a delete link says; `look`: nothing certain, so the picture's address decides. */
export type DeleteReading = DeleteOutcome | { readonly status: 'look'; readonly evidence: string };

const GONE = new Set([404, 410]);
export const isGone = (status: number): boolean => GONE.has(status);

/** Whether the picture's address still answers: `gone` (404, 410), `there` (2xx), or `unknown`. Sends no credentials. */
export const lookAtImage = async (target: DeleteTarget, call: Call, { http, now }: DeleteContext): Promise<'gone' | 'there' | 'unknown'> => {
  const url = target.imageUrl;
  if (url === null || !/^https?:/i.test(url)) return 'unknown';
  try {
    const { status } = await http.probe({ url, signal: call.signal });
    if (isGone(status)) return 'gone';
    return status >= 200 && status < 300 ? 'there' : 'unknown';
  } catch (error) {
    if (error instanceof HttpFailure && error.reason !== 'cancelled') return 'unknown';
    return attempt(() => Promise.reject(error as Error), false, now);
  }
};

/** Fetches a link of the delete way: GET, verbatim, no credentials, no redirect followed. */
export const fetchDeleteLink = (url: string, call: Call, { http }: DeleteContext): Promise<HttpAnswer> => http.get({ url, signal: call.signal });

/** The host may have deleted although its answer was lost: then the picture's address decides. */
const answerLost = (error: unknown): error is HttpFailure => error instanceof HttpFailure && (error.reason === 'reset' || error.reason === 'timeout');

/**
 * Follows a delete link once. `read` says what the answer means. Rejects when the host was not reached,
 * and for a link that would go over the open network unencrypted.
 */
export const followDeleteLink = async (
  target: DeleteTarget,
  call: Call,
  context: DeleteContext,
  read: (answer: HttpAnswer) => DeleteReading | Promise<DeleteReading>,
  address: (link: string) => string = (link) => link,
): Promise<DeleteOutcome> => {
  const link = deleteLink(target.deleteUrl, context.allowHttp);
  if (link === null) {
    throw new ProviderError(problemOf({ kind: 'bad_request', sub: 'unsafe-link', message: 'delUnsafe' }, context.now()), false, 'never');
  }
  const asked = async (): Promise<DeleteReading> => {
    try {
      return await read(await fetchDeleteLink(address(link), call, context));
    } catch (error) {
      if (answerLost(error)) return { status: 'look', evidence: 'no answer' };
      throw error;
    }
  };
  const reading = await attempt(asked, false, context.now);
  if (reading.status !== 'look') return reading;
  const seen = await lookAtImage(target, call, context);
  return seen === 'gone'
    ? { status: 'deleted', evidence: `${reading.evidence}, picture gone` }
    : { status: 'unconfirmed', evidence: `${reading.evidence}, picture ${seen === 'there' ? 'still there' : 'not checked'}` };
};
