import { setImmediate as turn } from 'node:timers/promises';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import { assertNever } from '../../shared/assert-never';
import type { Problem } from '../../shared/model/problem';
import type { Upload } from '../../shared/model/upload';
import type { AccountsService } from '../accounts';
import type { LibraryService } from '../library';
import { urlProblem, type Reach } from '../preparation';
import { byKey } from './by-key';
import { checkLink, type CheckLinkDeps, type Finding } from './check-link';
import { enteredHosts } from './entered-hosts';
import { pause } from './pause';
import type { Work } from './work';

export type CheckLinksDeps = CheckLinkDeps & {
  readonly library: Pick<LibraryService, 'byId' | 'setLinkState'>;
  readonly accounts: Pick<AccountsService, 'byId'> & {
    /** An embedded host, whose links open only while it runs. */
    localHost(id: string): { start(): Promise<{ readonly url: string }> } | null;
  };
};

/** Requests on the way to one host at the same time, and the least time between two beginnings. */
const AT_ONCE = 4;
const BETWEEN_MS = 50;
/** Hosts asked side by side. */
const HOSTS_AT_ONCE = 12;
/** A host that asks for a longer wait is left for another day. */
const LONGEST_WAIT_MS = 5 * 60_000;
/** What is waited when a host says "later" but not when. */
const UNSAID_WAIT_MS = 5000;
const TRIES = 3;
/** So many addresses in a row without any answer: the host, or the network, is away. */
const GIVE_UP_AFTER = 8;

/**
 * Looks at the links of the open items, politely to each host, and keeps what was found. What a person deleted is left out: its
 * link is meant to be dead. True when every item had its turn.
 */
export async function checkLinks(work: Work, deps: CheckLinksDeps): Promise<boolean> {
  const uploadOf = (index: number): Upload | undefined => deps.library.byId(work.items.idOf(index));
  for (const index of work.items.open()) if (isDeleted(uploadOf(index))) work.ended(index, 'left_out');
  const byHost = await byKey(work.items.open(), (index) => hostOf(uploadOf(index)));
  const hosts = [...byHost.entries()].values();
  const worker = async (): Promise<void> => {
    for (const [host, queue] of hosts) {
      if (work.stop.aborted) return;
      await checkHost(host, queue, work, deps);
    }
  };
  await Promise.all(Array.from({ length: HOSTS_AT_ONCE }, worker));
  return work.items.open().length === 0;
}

const isDeleted = (upload: Upload | undefined): boolean => upload?.remoteState === 'deleted' || upload?.remoteState === 'already_gone';

/** Uploads to an embedded host have a line of their own: their links need it to run. No host's name has a space. */
const OWN = 'this computer ';

function hostOf(upload: Upload | undefined): string {
  if (upload?.onlyThisComputer === true) return `${OWN}${upload.accountId}`;
  try {
    return new URL(upload?.url ?? '').host;
  } catch {
    return '';
  }
}

/** One host's turn in time: who may ask it, and when. */
type Pace = { free: number; unreached: number; givenUp: Problem | null };

async function checkHost(host: string, queue: readonly number[], work: Work, deps: CheckLinksDeps): Promise<void> {
  const { timers, library } = deps;
  const local = host.startsWith(OWN) ? host.slice(OWN.length) : null;
  const between = local === null ? BETWEEN_MS : 0;
  const pace: Pace = { free: -Infinity, unreached: 0, givenUp: null };
  const own = local === null ? [] : await ownHost(local, deps, pace);
  const myTurn = async (): Promise<void> => {
    for (let now = timers.now(); now < pace.free && !work.stop.aborted; now = timers.now()) await pause(pace.free - now, timers, work.stop);
    pace.free = Math.max(pace.free, timers.now() + between);
  };
  const left = queue.values();
  const worker = async (): Promise<void> => {
    for (const index of left) {
      await turn();
      if (work.stop.aborted) return;
      const upload = library.byId(work.items.idOf(index));
      const problem = pace.givenUp ?? (upload === undefined ? problemOf({ kind: 'not_found', message: 'uploadNotFound' }, timers.now()) : null);
      if (problem !== null || upload === undefined) work.ended(index, 'failed', problem);
      else await checkOne(index, upload, { work, deps, pace, myTurn, reach: reachOf(upload, own, deps) });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  if (pace.givenUp !== null) work.trouble(pace.givenUp);
}

/** Where the embedded host answers; starts it. */
async function ownHost(accountId: string, { accounts, timers }: CheckLinksDeps, pace: Pace): Promise<readonly string[]> {
  try {
    const host = await accounts.localHost(accountId)?.start();
    return host === undefined ? [] : [new URL(host.url).hostname];
  } catch (error) {
    pace.givenUp = error instanceof PicferryError ? error.problem : urlProblem('urlUnreachable', timers.now());
    return [];
  }
}

/** The account's own host may lie in a private network or on this computer: the person entered it. */
function reachOf(upload: Upload, own: readonly string[], { accounts }: CheckLinksDeps): Reach {
  return { allowLoopback: false, ownHosts: upload.onlyThisComputer ? own : enteredHosts(accounts.byId(upload.accountId)) };
}

type Looking = { readonly work: Work; readonly deps: CheckLinksDeps; readonly pace: Pace; readonly myTurn: () => Promise<void>; readonly reach: Reach };

async function checkOne(index: number, upload: Upload, looking: Looking): Promise<void> {
  const { work, deps, pace, myTurn, reach } = looking;
  const { now } = deps.timers;
  for (let tries = 1; ; tries += 1) {
    await myTurn();
    if (work.stop.aborted) return;
    const found: Finding = await checkLink(upload.url ?? '', reach, deps, work.abort, myTurn);
    if (work.abort.aborted) return;
    if (found.type !== 'unsure' || !found.unreached) pace.unreached = 0;
    switch (found.type) {
      case 'alive':
      case 'dead':
        deps.library.setLinkState(upload.id, found.type, now());
        return work.ended(index, found.type);
      case 'refused':
        return work.ended(index, 'failed', found.problem);
      case 'unsure':
        pace.unreached += found.unreached ? 1 : 0;
        if (pace.unreached >= GIVE_UP_AFTER) pace.givenUp = found.problem;
        deps.library.setLinkState(upload.id, 'unsure', now());
        return work.ended(index, 'unsure', found.problem);
      case 'later': {
        const wait = found.afterMs ?? UNSAID_WAIT_MS * tries;
        const problem = problemOf({ kind: 'rate_limit', message: 'linkLater', retryable: true, retryAfterMs: wait }, now());
        if (wait > LONGEST_WAIT_MS) {
          pace.givenUp = problem;
          return work.ended(index, 'failed', problem);
        }
        pace.free = Math.max(pace.free, now() + wait);
        if (tries >= TRIES) return work.ended(index, 'failed', problem);
        break;
      }
      default:
        return assertNever(found);
    }
  }
}
