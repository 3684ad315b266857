import { codeOf } from '../../lib/atomic-file';
import { createStepBuffers } from '../../lib/step-buffers';
import type { Account } from '../../shared/model/account';
import { limitOf } from '../../shared/model/account-limit';
import { profileOfJob } from '../../shared/model/preparation-profiles';
import type { Problem } from '../../shared/model/problem';
import { ProviderError } from '../providers/errors';
import type { Dispatcher } from './dispatcher';
import { lostProblem, type Finish } from './finish';
import { clipboardAppOf } from './job-source';
import { isWaitedFor, pathToSend, type FileFacts, type JobRecord } from './job-record';
import type { JobTable } from './job-table';
import { createNameClaims } from './name-claims';
import type { QueueDeps } from './queue-deps';
import { accountGoneProblem, faultProblem, notArrivedProblem, problemFrom, refusedProblem, tooBigProblem, unknownBeforeProblem, wrongTypeProblem } from './queue-problems';
import type { FileFault } from './read-checked';
import { mustTryItself } from './same-bytes';
import { sendOnce } from './send-once';
import { hasEnded } from './transitions';

/** Takes one job through preparation and through one try of sending. Nothing here rejects. */
export interface Runner {
  prepare(id: string): Promise<void>;
  send(id: string): Promise<void>;
  /** Ends the job's running work; the connection closes. */
  abort(id: string): void;
  abortAll(): void;
  /** Takes away the copy that was made to be sent, if there is one. */
  forgetCopy(record: Pick<JobRecord, 'facts'>): void;
  /** Lets those go on, or end, who waited for this job's bytes. */
  release(leader: JobRecord): void;
}

/** A file that is another one at every try is given up on. */
const STALE_LIMIT = 5;

/** One for each file that is usually sent at once; larger ones use two. */
const KEPT_BUFFERS = 4;

export function createRunner(deps: QueueDeps, table: JobTable, finish: Finish, dispatcher: () => Dispatcher): Runner {
  const { accounts, library, timers } = deps;
  const aborts = new Map<string, AbortController>();
  const buffers = createStepBuffers(KEPT_BUFFERS);
  const names = createNameClaims(library, table);
  let closing = false;

  const fail = (id: string, problem: Problem): void => {
    const record = table.get(id);
    if (record === undefined || hasEnded(record)) return;
    try {
      table.apply(id, { type: 'fail', at: timers.now(), problem });
    } catch {
      // The disk refuses even this: say what is true now; the next start finds the job as it was.
      table.applyUnsaved(id, { type: 'fail', at: timers.now(), problem });
    }
  };
  const withAbort = async (id: string, work: (signal: AbortSignal) => Promise<void>): Promise<void> => {
    const abort = new AbortController();
    aborts.set(id, abort);
    if (closing) abort.abort();
    try {
      await work(abort.signal);
    } catch (error) {
      if (!abort.signal.aborted) fail(id, problemFrom(error, timers.now()));
    } finally {
      names.release(id);
      if (aborts.get(id) === abort) aborts.delete(id);
    }
  };

  /** True when the job is answered or waits for another one with the same bytes. */
  const isAnsweredAlready = async (record: JobRecord, signal: AbortSignal): Promise<boolean> => {
    if (record.force) return false;
    const sha256 = record.facts?.sha256 ?? null;
    const existing = sha256 === null ? undefined : library.bySha256(record.accountId, sha256);
    if (existing !== undefined) {
      finish.withUpload(record.id, existing);
      return true;
    }
    const leader = table.same.claim(record);
    if (leader !== undefined) {
      table.same.follow(leader, record.id);
      table.apply(record.id, { type: 'wait', wait: 'same_file' });
      return true;
    }
    for (const id of table.same.unknown(record)) if (await isSettledBy(record, id, signal)) return true;
    return false;
  };

  /** Looks at an earlier job with these bytes whose outcome is unknown. True when `record` has its answer from it. */
  const isSettledBy = async (record: JobRecord, lostId: string, signal: AbortSignal): Promise<boolean> => {
    const lost = table.get(lostId);
    if (lost === undefined || lost.state !== 'unknown') return false;
    const answer = await finish.ask(lost, signal);
    if (table.get(record.id)?.state !== 'queued' || signal.aborted) return true;
    if (answer === 'absent') {
      table.apply(lostId, { type: 'fail', at: timers.now(), problem: notArrivedProblem(lost.accountName, timers.now()) });
      return false;
    }
    const uploadId = table.get(lostId)?.uploadId ?? null;
    const upload = answer === 'found' && uploadId !== null ? library.byId(uploadId) : undefined;
    if (upload !== undefined) finish.withUpload(record.id, upload);
    else table.apply(record.id, { type: 'lose', at: timers.now(), problem: unknownBeforeProblem(record.accountName, timers.now()) });
    return true;
  };

  const forgetCopy: Runner['forgetCopy'] = ({ facts }) => {
    if (facts !== null && facts.prepared !== null) deps.forget(facts.prepared);
  };

  /** Of the file behind a picture that was encoded anew; null when it went meanwhile: what was made of it is there. */
  const digestOf = async (path: string, signal: AbortSignal): Promise<string | null> => {
    try {
      return await deps.hash(path, signal);
    } catch (error) {
      if (!signal.aborted && codeOf(error) === '') throw error;
      return null;
    }
  };

  const prepare = (id: string): Promise<void> =>
    withAbort(id, async (signal) => {
      const { input, name, named, accountId, accountName, position, profile, adapted } = table.apply(id, { type: 'prepare' });
      if (input.type === 'bad') return;
      const chosen = profileOfJob({ profile, accountId, adapted }, deps.settings.current().preparation);
      const takes = dispatcher().account(accountId)?.capabilities.extensions ?? [];
      const isTaken = (wanted: string): boolean => names.isTaken(id, accountId, wanted);
      const file = { path: input.path, name, named, profile: chosen, takes, place: position + 1, account: accountName, isTaken, clipboardApp: clipboardAppOf({ input }), count: () => deps.count(chosen.id, id) };
      const facts = await deps.prepare(file, signal);
      const sourceSha256 = facts.report?.recoded === true && input.type === 'file' && !signal.aborted ? await digestOf(input.path, signal) : null;
      if (signal.aborted) return forgetCopy({ facts });
      const record = table.apply(id, { type: 'prepared', facts, sourceSha256 });
      const account = dispatcher().account(record.accountId);
      const refusal = account === undefined ? accountGoneProblem(record.accountName, timers.now()) : refusalOf(account, facts, timers.now());
      if (refusal !== null) return fail(id, refusal);
      if (await isAnsweredAlready(record, signal)) return;
      const ready = table.get(id);
      if (ready?.state === 'queued') dispatcher().enqueue(ready);
    });

  const send = (id: string): Promise<void> =>
    withAbort(id, async (signal) => {
      const record = table.apply(id, { type: 'send' });
      const [facts, path] = [record.facts, pathToSend(record)];
      if (path === null || facts === null) throw new Error('a job is sent before it is prepared');
      const meter = table.meter(id);
      const sent = await sendOnce(accounts.provider(record.accountId), { path, facts, albumId: record.albumId }, {
        signal,
        buffers,
        onProgress(bytes) {
          if (table.get(id)?.state !== 'sending') return;
          meter.report(bytes);
          table.feed.changed(id);
        },
        async beforeBody() {
          // On the disk before the first byte leaves: whoever finds this job after a crash never sends it by itself.
          if (table.get(id)?.sentAt === null) table.apply(id, { type: 'body', at: timers.now() });
          await table.flush();
        },
      });
      if (table.get(id)?.state !== 'sending') return;
      if (sent.type === 'receipt') finish.withReceipt(id, sent.receipt, sent.sha256);
      else if (sent.type === 'file') onFault(id, sent.fault);
      else await onError(id, sent.error, meter.total, signal);
    });

  const onFault = (id: string, fault: FileFault): void => {
    const record = table.get(id);
    if (record === undefined) return;
    // A copy of ours that is gone can be made again; a file of the person's that changes under way is told about.
    const again = fault === 'changed-before' || (record.facts?.prepared ?? null) !== null;
    if (!again || record.attempts >= STALE_LIMIT) return fail(id, faultProblem(fault, record.name, timers.now()));
    forgetCopy(record);
    const stale = table.apply(id, { type: 'stale' });
    release(stale);
    dispatcher().enqueue(stale, true);
  };

  const again = (id: string, event: { readonly wait: JobRecord['wait']; readonly until: number | null; readonly problem: Problem | null; readonly counted: boolean }): void => {
    dispatcher().enqueue(table.apply(id, { type: 'again', ...event }), true);
  };

  const onError = async (id: string, error: unknown, sentBytes: number, signal: AbortSignal): Promise<void> => {
    const record = table.get(id);
    if (record === undefined) return;
    const bodyBegan = record.sentAt !== null;
    const isProviders = error instanceof ProviderError;
    // The disk tells the next start already: queued, or sending once the body had begun, which makes it unknown.
    if (closing) return;
    if (isProviders ? error.outcomeUnknown : bodyBegan && sentBytes > 0) return lose(id, error, signal);
    if (!isProviders) return fail(id, problemFrom(error, timers.now()));
    if (error.problem.kind === 'auth') {
      accounts.pause(record.accountId, error.problem);
      if (isWaitedFor(record)) return fail(id, error.problem);
      return again(id, { wait: null, until: null, problem: error.problem, counted: false });
    }
    if (error.problem.kind === 'network' && !dispatcher().isOnline(record.accountId)) {
      return again(id, { wait: null, until: null, problem: null, counted: false });
    }
    const delay = deps.nextTry(error, record.attempts, deps.random);
    if (delay === null) return fail(id, refusedProblem(error.problem, record.facts));
    const until = timers.now() + delay;
    const isRate = error.problem.kind === 'rate_limit';
    again(id, { wait: isRate ? 'rate_limit' : 'retry', until, problem: error.problem, counted: true });
    if (isRate) dispatcher().holdAccount(record.accountId, until);
  };

  /** No answer came: the host is asked once; if it cannot tell, a person decides. On disk the job stands as sending meanwhile. */
  const lose = async (id: string, error: unknown, signal: AbortSignal): Promise<void> => {
    const record = table.get(id);
    if (record === undefined) return;
    const answer = await finish.ask(record, signal);
    if (answer === 'found' || table.get(id)?.state !== 'sending') return;
    table.apply(id, { type: 'lose', at: timers.now(), problem: lostProblem(record, error, timers.now()) });
  };

  const release = (leader: JobRecord): void => {
    const followers = table.same.release(leader.id);
    const upload = leader.state === 'done' && leader.uploadId !== null ? library.byId(leader.uploadId) : undefined;
    for (const id of followers) {
      const record = table.get(id);
      if (record?.state !== 'queued' || record.wait !== 'same_file') continue;
      if (upload !== undefined) finish.withUpload(id, upload);
      else if (leader.state === 'unknown') table.apply(id, { type: 'lose', at: timers.now(), problem: lostProblem(record, null, timers.now()) });
      else if (mustTryItself(leader) || leader.problem === null) {
        const free = table.apply(id, { type: 'wait', wait: null });
        const first = table.same.claim(free);
        if (first === undefined) dispatcher().enqueue(free, true);
        else {
          table.same.follow(first, id);
          table.apply(id, { type: 'wait', wait: 'same_file' });
        }
      } else fail(id, leader.problem);
    }
  };

  return {
    prepare,
    send,
    forgetCopy,
    abort: (id) => aborts.get(id)?.abort(),
    abortAll() {
      closing = true;
      for (const abort of aborts.values()) abort.abort();
    },
    release,
  };
}

/** What an account's host refuses for certain, known before a byte is sent. */
function refusalOf(account: Account, facts: FileFacts, at: number): Problem | null {
  const limit = limitOf(account);
  if (limit !== null && facts.bytes > limit) return tooBigProblem(account.name, facts.bytes, limit, at);
  const takes = facts.kind === 'video' ? account.capabilities.video : facts.kind === 'image' && account.capabilities.images;
  return takes ? null : wrongTypeProblem(account.name, facts.kind, at);
}
