import { stat } from 'node:fs/promises';
import { codeOf } from '../../lib/atomic-file';
import { inSlices } from '../../lib/in-slices';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { UploadSelection } from '../../shared/model/library-query';
import type { Upload } from '../../shared/model/upload';
import type { AccountsService } from '../accounts';
import type { LibraryService } from '../library';
import type { Intake, IsMadeFrom } from '../preparation';
import type { QueueInput, QueueService } from '../queue';
import { enteredHosts } from './entered-hosts';

export type UploadAgainDeps = {
  readonly library: Pick<LibraryService, 'resolve' | 'byId' | 'sourcePath' | 'source'>;
  readonly accounts: Pick<AccountsService, 'byId' | 'localHost'>;
  readonly queue: Pick<QueueService, 'addMany'>;
  readonly intake: Pick<Intake, 'url'>;
  readonly isMadeFrom: IsMadeFrom;
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

/**
 * Why an upload could not be queued. `no_file`: no file of it was ever kept here. `moved`: it is not where it was. `changed`:
 * another one is there. `no_account`: its account was removed.
 */
export type WhyMissing = 'no_file' | 'moved' | 'changed' | 'no_account';

export type AgainResult = {
  readonly queued: number;
  /** Those whose bytes, or whose account, could not be had. */
  readonly missing: readonly { readonly id: string; readonly name: string; readonly why: WhyMissing }[];
  /** How many a repair left alone: deleted on purpose, or with a link that works. */
  readonly left: { readonly deleted: number; readonly working: number };
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
const isDeleted = ({ remoteState }: Upload): boolean => remoteState === 'deleted' || remoteState === 'already_gone';
const works = (upload: Upload): boolean => !isDeleted(upload) && upload.linkState === 'alive';

/** Queues pictures of the library again, from the very files that were uploaded: one that is another by now is not taken for it. */
export function createUploadAgain(deps: UploadAgainDeps): UploadAgain {
  const { library, accounts } = deps;

  return async (request, signal) => {
    const chosen: Upload[] = [];
    await inSlices(library.resolve(request.selection), (ids) => void chosen.push(...ids.flatMap((id) => library.byId(id) ?? [])));
    const left = request.repair ? { deleted: chosen.filter(isDeleted).length, working: chosen.filter(works).length } : { deleted: 0, working: 0 };
    const uploads = request.repair ? chosen.filter((upload) => !isDeleted(upload) && !works(upload)) : chosen;
    const targets = uploads.map((upload) => accounts.byId(request.accountId ?? upload.accountId));
    const [first] = uploads;
    if (!request.repair && first !== undefined && targets.every((account) => account === undefined)) throw accountGone(first.accountName, deps.now());
    const sources = await bytesOf(uploads.map((upload, index) => (targets[index] === undefined ? null : upload)), request, signal, deps);
    const groups = new Map<string, Group>();
    const missing: { readonly id: string; readonly name: string; readonly why: WhyMissing }[] = [];
    uploads.forEach((upload, index) => {
      const [source = 'no_account', account] = [sources[index], targets[index]];
      if (account === undefined) return missing.push({ id: upload.id, name: upload.name, why: 'no_account' });
      if (typeof source === 'string') return missing.push({ id: upload.id, name: upload.name, why: source });
      const own = account.id === upload.accountId;
      const plan = { accountId: account.id, albumId: own ? upload.albumId : null, force: own || request.repair };
      const key = JSON.stringify(plan);
      const group = groups.get(key) ?? { ...plan, inputs: [] };
      groups.set(key, group);
      return group.inputs.push({ ...source, name: upload.name, ...(request.repair ? { replaces: upload.id } : {}) });
    });
    const jobIds: string[] = [];
    for (const { inputs, ...options } of groups.values()) jobIds.push(...(await deps.queue.addMany(inputs, { ...options, origin: 'window' })).jobIds);
    return { queued: jobIds.length, missing, left, jobIds };
  };
}

/** The bytes of each upload in their order, or why they cannot be had. */
async function bytesOf(uploads: readonly (Upload | null)[], { fetch }: AgainRequest, signal: AbortSignal, deps: UploadAgainDeps): Promise<readonly (Source | WhyMissing)[]> {
  const found: (Source | WhyMissing)[] = uploads.map(() => 'no_account');
  const left = uploads.entries();
  const worker = async (): Promise<void> => {
    for (const [index, upload] of left) {
      if (signal.aborted) throw new PicferryError(problemOf({ kind: 'cancelled', message: 'cancelled' }, deps.now()));
      if (upload === null) continue;
      const local = await localBytes(upload, signal, deps);
      found[index] = typeof local === 'string' && fetch ? ((await fetchedBytes(upload, signal, deps)) ?? local) : local;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return found;
}

async function localBytes(upload: Upload, signal: AbortSignal, { library, isMadeFrom }: UploadAgainDeps): Promise<Source | WhyMissing> {
  const path = library.sourcePath(upload.id);
  if (path === null) return 'no_file';
  try {
    const file = await stat(path);
    return file.isFile() && (await isMadeFrom(path, { ...upload, source: library.source(upload.id) }, signal)) ? { type: 'file', path } : 'changed';
  } catch (error) {
    if (signal.aborted || (codeOf(error) === '' && !(error instanceof PicferryError))) throw error;
    return 'moved';
  }
}

async function fetchedBytes(upload: Upload, signal: AbortSignal, { intake, accounts }: UploadAgainDeps): Promise<Source | null> {
  if (upload.url === null) return null;
  try {
    const entered = (await accounts.localHost(upload.accountId)?.start()) ?? accounts.byId(upload.accountId);
    return await intake.url(upload.url, signal, { ownHosts: enteredHosts(entered) });
  } catch (error) {
    // A full disk concerns all of them, a picture that is gone only itself.
    if (signal.aborted || !(error instanceof PicferryError) || error.problem.kind === 'file') throw error;
    return null;
  }
}

const accountGone = (host: string, at: number): PicferryError =>
  new PicferryError(problemOf({ kind: 'bad_request', sub: 'noAccount', message: 'accountGone', params: { host } }, at));
