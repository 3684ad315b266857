import type { Clock } from '../../lib/clock';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { Account } from '../../shared/model/account';
import type { Problem } from '../../shared/model/problem';
import type { DeleteResult, DeleteStatus, RemoteState, Upload } from '../../shared/model/upload';
import type { Provider } from '../providers/contract';
import { isSafeDeleteLink } from './safe-delete-link';

/** What deleting needs of the accounts. */
export interface DeletingAccounts {
  byId(id: string): Account | undefined;
  provider(id: string): Provider;
}

export type DeletePorts = {
  readonly accounts: DeletingAccounts;
  readonly now: Clock;
  readonly byId: (id: string) => Upload | undefined;
  readonly deleteLink: (id: string) => string | undefined;
  /** The device it came from, by its name; null: this one. */
  readonly from: (id: string) => string | null;
  /** Told right before a host is asked. */
  readonly asked: (id: string) => unknown;
  /** What a host said before and nobody could write yet. */
  readonly known: (id: string) => DeleteStatus | undefined;
  /** Writes what is known now; the link is dropped when the picture is gone. Never throws: a host's word stands. */
  readonly record: (id: string, status: DeleteStatus) => void;
  /** The host was asked and gave no usable answer. */
  readonly failed: (id: string) => void;
  /** Told each result as it comes. */
  readonly onResult: (result: DeleteResult) => void;
};

/** Links followed at the same time per account: hosts count these requests too. */
const AT_ONCE = 3;

/** Asks each upload's host to delete it. Results in the order of the ids; never rejects; an id given twice is asked once. */
export async function deleteUploads(ids: readonly string[], ports: DeletePorts, signal: AbortSignal): Promise<readonly DeleteResult[]> {
  const results = new Map<string, DeleteResult>();
  const byAccount = new Map<string, string[]>();
  for (const id of new Set(ids)) {
    const account = ports.byId(id)?.accountId ?? '';
    byAccount.set(account, [...(byAccount.get(account) ?? []), id]);
  }
  const worker = async (queue: string[]): Promise<void> => {
    for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
      const result = await deleteOne(id, ports, signal);
      results.set(id, result);
      ports.onResult(result);
    }
  };
  await Promise.all([...byAccount.values()].flatMap((queue) => Array.from({ length: AT_ONCE }, () => worker(queue))));
  return ids.map((id) => results.get(id) ?? failed(id, internal(ports.now())));
}

async function deleteOne(id: string, ports: DeletePorts, signal: AbortSignal): Promise<DeleteResult> {
  let asked = false;
  try {
    const status = await askHost(id, { ...ports, asked: () => (ports.asked(id), (asked = true)) }, signal);
    ports.record(id, status);
    return { id, status, problem: null };
  } catch (error) {
    if (asked) ports.failed(id);
    return failed(id, error instanceof PicferryError ? error.problem : internal(ports.now()));
  }
}

async function askHost(id: string, ports: DeletePorts, signal: AbortSignal): Promise<DeleteStatus> {
  const refuse = (message: string, kind: Problem['kind'], host = '', params: Problem['params'] = {}): never => {
    throw new PicferryError(problemOf({ kind, message, params: { host, ...params } }, ports.now()));
  };
  const upload = ports.byId(id);
  if (upload === undefined) return refuse('uploadNotFound', 'bad_request');
  if (isGone(upload.remoteState) || isGone(ports.known(id))) return 'already_gone';
  // Delete links never leave the device that got them.
  const from = upload.hasDeleteLink ? null : ports.from(id);
  if (from !== null) return refuse('deleteLinkElsewhere', 'bad_request', upload.accountName, { device: from });
  const account = ports.accounts.byId(upload.accountId);
  if (account === undefined) return refuse('accountGone', 'bad_request', upload.accountName);
  if (!upload.hasDeleteLink) return refuse('noDeleteLink', 'bad_request', account.name);
  const link = ports.deleteLink(id);
  if (link === undefined) return refuse('delSealed', 'file', account.name);
  if (!isSafeDeleteLink(link, { url: account.url, allowHttp: account.settings['allowHttp'] === true })) {
    return refuse('delUnsafe', 'bad_request', account.name);
  }
  const provider = ports.accounts.provider(upload.accountId);
  if (provider.remove === undefined) return refuse('noDeleteLink', 'bad_request', account.name);
  if (signal.aborted) return refuse('cancelled', 'cancelled', account.name);
  ports.asked(id);
  const outcome = await provider.remove({ deleteUrl: link, imageUrl: upload.url }, { signal });
  return outcome.status;
}

const isGone = (state: RemoteState | undefined): boolean => state === 'deleted' || state === 'already_gone';
const failed = (id: string, problem: Problem): DeleteResult => ({ id, status: 'failed', problem });
const internal = (at: number): Problem => problemOf({ kind: 'internal', message: 'internal' }, at);
