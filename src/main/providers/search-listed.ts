import { attempt, lastPart } from './attempt';
import type { Call, Receipt, Sought } from './contract';
import { HttpFailure, type Http } from './http';
import { isLoopbackHost, isPrivateHost } from './url-rules';

export type SearchContext = {
  readonly http: Http;
  readonly now: () => number;
  /** The account's own address. */
  readonly base: string;
};

/** Goes through the files of a list that may be a sought upload. */
export interface Search {
  /** Whether the file at this address is the upload, byte for byte. Rejects when the call is cancelled, and as `sha256` does. */
  isIt(listed: Receipt): Promise<boolean>;
  /** Leaves it open whether the upload is there. */
  leaveOpen(): void;
  /** The answer when no file was it. */
  readonly unfound: () => 'absent' | 'cannot_tell';
}

/** So many files are fetched to be compared, at most: each may be as large as the upload. */
const COMPARED = 20;

/** Of these a host can make other bytes of the same number. */
const KEEPS_SIZE = new Set(['bmp']);

const typeOf = (name: string | null): string => {
  const extension = /\.([^./]+)$/.exec(name ?? '')?.[1]?.toLowerCase() ?? '';
  return extension === 'jpeg' ? 'jpg' : extension;
};

/** Lists are a host's words: what they point at is fetched from the host itself or from a public https site, and from nowhere else. */
const mayFetch = (address: string, base: string): boolean => {
  const url = new URL(address);
  if (url.origin === new URL(base).origin) return true;
  return url.protocol === 'https:' && !isLoopbackHost(url.hostname) && !isPrivateHost(url.hostname);
};

/** Compares by SHA-256, with no credentials sent. `unknown`: it cannot be fetched, or the host may have made other bytes of ours. */
const compare = async ({ url, storedName }: Receipt, sought: Sought, call: Call, { http, base }: SearchContext): Promise<'same' | 'different' | 'unknown'> => {
  if (url === null || !mayFetch(url, base)) return 'unknown';
  const ours = await sought.sha256();
  if (ours === null) return 'unknown';
  try {
    const seen = await http.digest({ url, signal: call.signal, maxBytes: sought.size });
    if (seen.status !== 200) return 'unknown';
    if (seen.sha256 === ours) return 'same';
    const [sent, stored] = [typeOf(sought.name), typeOf(storedName ?? lastPart(url))];
    return seen.bytes === sought.size && sent === stored && !KEEPS_SIZE.has(sent) ? 'different' : 'unknown';
  } catch (error) {
    if (error instanceof HttpFailure && error.reason !== 'cancelled') return 'unknown';
    throw error;
  }
};

export const createSearch = (sought: Sought, call: Call, context: SearchContext): Search => {
  let [open, compared] = [false, 0];
  return {
    async isIt(listed) {
      compared += 1;
      const answer = compared > COMPARED ? 'unknown' : await attempt(() => compare(listed, sought, call, context), false, context.now);
      open ||= answer === 'unknown';
      return answer === 'same';
    },
    leaveOpen() {
      open = true;
    },
    unfound: () => (open ? 'cannot_tell' : 'absent'),
  };
};
