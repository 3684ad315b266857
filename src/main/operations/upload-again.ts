import { stat } from 'node:fs/promises';
import { codeOf } from '../../lib/atomic-file';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { UploadSelection } from '../../shared/model/library-query';
import type { Upload } from '../../shared/model/upload';
import type { AccountsService } from '../accounts';
import type { LibraryService } from '../library';
import type { Intake } from '../preparation';
import type { QueueInput, QueueService } from '../queue';
import { enteredHosts } from './entered-hosts';

export type UploadAgainDeps = {
  readonly library: Pick<LibraryService, 'resolve' | 'byId' | 'sourcePath'>;
  readonly accounts: Pick<AccountsService, 'byId'>;
  readonly queue: Pick<QueueService, 'addMany'>;
  readonly intake: Pick<Intake, 'url'>;
  /** The embedded host, whose links open only while it runs. */
  readonly thisComputer: { start(): Promise<{ readonly url: string }> };
  /** SHA-256 of a whole file, as lower-case hexadecimal. */
  readonly hash: (path: string, signal: AbortSignal) => Promise<string>;
  readonly now: () => number;
};

export type AgainRequest = {
  readonly selection: UploadSelection;
  /** Null: each to its own account. */
  readonly accountId: string | null;
  /** The new records stand in for the old ones. Links that work and pictures that were deleted on purpose are left alone. */
  readonly repair: boolean;
  /** Whether bytes that are not on this computer are fetched from the picture's own address. */
  readonly fetch: boolean;
};

export type AgainResult = {
  readonly queued: number;
  /** Those whose bytes, or whose account, could not be had. */
  readonly missing: readonly { readonly id: string; readonly name: string }[];
  readonly jobIds: readonly string[];
};

/** Rejects with `PicferryError`; then nothing more is queued than was before. */
export type UploadAgain = (request: AgainRequest, signal: AbortSignal) => Promise<AgainResult>;

/** Files looked at, or pictures fetched, side by side. */
const AT_ONCE = 3;

type Source = Extract<QueueInput, { type: 'file' | 'kept' }>;
/** What one call of the queue takes: jobs of one account and album. */
type Group = { readonly accountId: string; readonly albumId: string | null; readonly force: boolean; readonly inputs: Source[] };

/** What a person deleted must not come back online by way of a list of dead links. */
const mayRepair = ({ remoteState, linkState }: Upload): boolean => remoteState !== 'deleted' && remoteState !== 'already_gone' && linkState !== 'alive';

/** Queues pictures of the library again, from the very bytes that were uploaded: a file that is another one by now is not taken for it. */
export function createUploadAgain(deps: UploadAgainDeps): UploadAgain {
  const { library, accounts } = deps;

  return async (request, signal) => {
    const uploads = library.resolve(request.selection).flatMap((id) => library.byId(id) ?? []).filter((upload) => !request.repair || mayRepair(upload));
    const targets = uploads.map((upload) => accounts.byId(request.accountId ?? upload.accountId));
    const [first] = uploads;
    if (first !== undefined && targets.every((account) => account === undefined)) throw accountGone(first.accountName, deps.now());
    const sources = await bytesOf(uploads.map((upload, index) => (targets[index] === undefined ? null : upload)), request, signal, deps);
    const groups = new Map<string, Group>();
    const missing: Upload[] = [];
    uploads.forEach((upload, index) => {
      const [source, account] = [sources[index] ?? null, targets[index]];
      if (source === null || account === undefined) return missing.push(upload);
      const own = account.id === upload.accountId;
      const plan = { accountId: account.id, albumId: own ? upload.albumId : null, force: own || request.repair };
      const key = JSON.stringify(plan);
      const group = groups.get(key) ?? { ...plan, inputs: [] };
      groups.set(key, group);
      return group.inputs.push({ ...source, name: upload.name, ...(request.repair ? { replaces: upload.id } : {}) });
    });
    const jobIds: string[] = [];
    for (const { inputs, ...options } of groups.values()) jobIds.push(...(await deps.queue.addMany(inputs, { ...options, origin: 'window' })).jobIds);
    return { queued: jobIds.length, missing: missing.map(({ id, name }) => ({ id, name })), jobIds };
  };
}

/** The bytes of each upload in their order; null where they cannot be had. */
async function bytesOf(uploads: readonly (Upload | null)[], { fetch }: AgainRequest, signal: AbortSignal, deps: UploadAgainDeps): Promise<readonly (Source | null)[]> {
  const found: (Source | null)[] = uploads.map(() => null);
  const left = uploads.entries();
  const worker = async (): Promise<void> => {
    for (const [index, upload] of left) {
      if (signal.aborted) throw new PicferryError(problemOf({ kind: 'cancelled', message: 'cancelled' }, deps.now()));
      if (upload === null) continue;
      found[index] = (await localBytes(upload, signal, deps)) ?? (fetch ? await fetchedBytes(upload, signal, deps) : null);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return found;
}

async function localBytes(upload: Upload, signal: AbortSignal, { library, hash }: UploadAgainDeps): Promise<Source | null> {
  const path = library.sourcePath(upload.id);
  if (path === null) return null;
  try {
    const file = await stat(path);
    if (!file.isFile() || file.size !== upload.bytes) return null;
    const same = upload.sha256 === '' || (await hash(path, signal)) === upload.sha256;
    return same ? { type: 'file', path } : null;
  } catch (error) {
    if (signal.aborted || (codeOf(error) === '' && !(error instanceof PicferryError))) throw error;
    return null;
  }
}

async function fetchedBytes(upload: Upload, signal: AbortSignal, { intake, accounts, thisComputer }: UploadAgainDeps): Promise<Source | null> {
  if (upload.url === null) return null;
  try {
    const entered = upload.onlyThisComputer ? await thisComputer.start() : accounts.byId(upload.accountId);
    return await intake.url(upload.url, signal, { ownHosts: enteredHosts(entered) });
  } catch (error) {
    // A full disk concerns all of them, a picture that is gone only itself.
    if (signal.aborted || !(error instanceof PicferryError) || error.problem.kind === 'file') throw error;
    return null;
  }
}

const accountGone = (host: string, at: number): PicferryError =>
  new PicferryError(problemOf({ kind: 'bad_request', sub: 'noAccount', message: 'accountGone', params: { host } }, at));
