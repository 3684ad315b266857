import { ProviderError } from '../providers/errors';
import type { Receipt } from '../providers/contract';
import type { NewUpload, SourceFile } from '../library';
import type { Upload } from '../../shared/model/upload';
import { pathToSend, type JobRecord } from './job-record';
import type { JobTable } from './job-table';
import type { QueueDeps } from './queue-deps';
import { isUnchanged } from './read-checked';
import { saveProblem, unknownProblem } from './queue-problems';
import type { Arrival } from './transitions';

/** Ends jobs whose bytes are at a host, and finds out about those that may be. */
export interface Finish {
  /** Library record and finished job in one transaction. When the disk refuses, the link is still shown and the receipt kept for a retry. */
  withReceipt(id: string, receipt: Receipt, sha256: string | null): void;
  /** Answers a job with a link that is there already. */
  withUpload(id: string, upload: Upload): void;
  /** Tries again to write a receipt that the disk refused; false when there is none. */
  saveAgain(id: string): boolean;
  /**
   * Asks the host about a job whose bytes may have arrived. `found` jobs are done when this resolves.
   * Rejects only when `signal` aborts.
   */
  ask(record: JobRecord, signal: AbortSignal): Promise<'found' | 'absent' | 'cannot_tell'>;
}

type Listed = Pick<Receipt, 'remoteId' | 'storedName' | 'url'>;

export function createFinish(deps: QueueDeps, table: JobTable): Finish {
  const { accounts, library, timers } = deps;
  const unsaved = new Map<string, { readonly receipt: Receipt; readonly sha256: string | null }>();

  const arrivalOf = (record: JobRecord, receipt: Receipt, sha256: string | null): Arrival => {
    const at = timers.now();
    const upload = library.add({
      id: deps.newId(),
      jobId: record.id,
      accountId: record.accountId,
      accountName: accounts.byId(record.accountId)?.name ?? record.accountName,
      provider: record.provider,
      onlyThisComputer: record.onlyThisComputer,
      name: record.name,
      storedName: receipt.storedName,
      remoteId: receipt.remoteId,
      url: receipt.url,
      thumbUrl: receipt.thumbUrl,
      kind: receipt.kind === 'other' ? (record.facts?.kind ?? 'other') : receipt.kind,
      mime: receipt.mime ?? record.facts?.mime ?? null,
      bytes: record.facts?.bytes ?? receipt.bytes ?? 0,
      width: receipt.width ?? record.facts?.width ?? null,
      height: receipt.height ?? record.facts?.height ?? null,
      durationSeconds: receipt.durationSeconds,
      sha256: sha256 ?? '',
      albumId: record.albumId,
      uploadedAt: at,
      remoteState: receipt.pendingReview ? 'pending_review' : 'online',
      deleteUrl: receipt.deleteUrl,
      sourcePath: record.input.type === 'file' ? record.input.path : null,
      source: sourceOf(record),
      ...inherited(record.replaces),
    });
    return { ...arrivalFrom(upload), pendingReview: receipt.pendingReview, duplicate: false };
  };

  /** What a person gave the upload that this one stands in for. */
  const inherited = (replaces: string | null): Pick<NewUpload, 'replaces' | 'tags' | 'note' | 'localAlbumId'> => {
    const before = replaces === null ? undefined : library.details(replaces);
    if (before === undefined) return {};
    return { replaces, tags: before.upload.tags, note: before.note, localAlbumId: before.upload.localAlbumId };
  };

  const withReceipt: Finish['withReceipt'] = (id, receipt, sha256) => {
    const record = table.get(id);
    if (record === undefined) return;
    if (sha256 !== null && record.state === 'sending') table.applyUnsaved(id, { type: 'hashed', sha256 });
    try {
      const fresh = table.get(id) ?? record;
      const done = table.arrive(id, timers.now(), () => arrivalOf(fresh, receipt, sha256 ?? fresh.facts?.sha256 ?? null));
      unsaved.delete(id);
      if (done.uploadId !== null && done.input.type !== 'bad') {
        deps.uploaded?.({ id: done.uploadId, kind: done.facts?.kind ?? 'other', path: done.input.path });
      }
      if (done.input.type === 'kept') deps.forget(done.input.path);
    } catch (error) {
      unsaved.set(id, { receipt, sha256 });
      if (record.state === 'failed') return;
      // On disk the job still stands as sending: after a crash it is unknown, never sent again by itself.
      table.applyUnsaved(id, { type: 'fail', at: timers.now(), problem: saveProblem(error, timers.now()) });
    }
  };

  const withUpload: Finish['withUpload'] = (id, upload) => {
    const done = table.apply(id, { type: 'arrived', at: timers.now(), arrival: { ...arrivalFrom(upload), duplicate: true } });
    if (done.input.type === 'kept') deps.forget(done.input.path);
  };

  /** The digest of what was sent; null when the file is gone or another one by now. */
  const digestOf = async (record: JobRecord, signal: AbortSignal): Promise<string | null> => {
    const [facts, path] = [record.facts, pathToSend(record)];
    if (facts === null || facts.sha256 !== null || path === null) return facts?.sha256 ?? null;
    try {
      const sha256 = await deps.hash(path, signal);
      return (await isUnchanged(path, facts)) ? sha256 : null;
    } catch (error) {
      if (signal.aborted) throw error;
      return null;
    }
  };

  const isTaken = (record: JobRecord, sha256: string | null, listed: Listed): boolean => {
    const known = library.byRemote(record.accountId, listed);
    if (known === undefined) return false;
    if (known.url !== null && known.url === listed.url) return true;
    // Two files can have one stored name, in two folders of the host: their bytes tell them apart, unless those are the same.
    return known.sha256 === '' || sha256 === null || known.sha256 === sha256;
  };

  return {
    withReceipt,
    withUpload,
    saveAgain(id) {
      const kept = unsaved.get(id);
      if (kept === undefined) return false;
      withReceipt(id, kept.receipt, kept.sha256);
      return true;
    },
    async ask(record, signal) {
      const { facts, sentAt } = record;
      if (facts === null || accounts.byId(record.accountId) === undefined) return 'cannot_tell';
      try {
        const provider = accounts.provider(record.accountId);
        if (provider.find === undefined) return 'cannot_tell';
        let digest: Promise<string | null> | undefined;
        const sha256 = (): Promise<string | null> => (digest ??= digestOf(record, signal));
        const sought = { name: facts.partName, size: facts.bytes, sha256, isTaken: (listed: Listed) => isTaken(record, facts.sha256, listed) };
        const found = await provider.find(sought, sentAt ?? record.createdAt, { signal });
        if (found === 'absent' || found === 'cannot_tell') return found;
        const ours = await sha256();
        const now = table.get(record.id);
        if (now === undefined || now.state === 'done') return 'found';
        // Another job may have been found there meanwhile.
        if (isTaken(record, ours, found)) return 'cannot_tell';
        withReceipt(record.id, found, ours);
        return 'found';
      } catch (error) {
        if (signal.aborted) throw error;
        return 'cannot_tell';
      }
    },
  };
}

/** The file itself, where something else was made of it. */
function sourceOf({ input, facts, sourceSha256 }: JobRecord): SourceFile | null {
  if (input.type !== 'file' || facts === null || facts.prepared === null || facts.report === null) return null;
  return { bytes: facts.report.originalBytes, sha256: facts.report.recoded ? sourceSha256 : null };
}

export const arrivalFrom = (upload: Upload): Omit<Arrival, 'duplicate'> => ({
  uploadId: upload.id,
  url: upload.url,
  width: upload.width,
  height: upload.height,
  thumb: upload.thumb,
  pendingReview: upload.remoteState === 'pending_review',
});

/** The problem an unknown outcome is shown with; the provider's own words stay as the technical detail. */
export const lostProblem = (record: JobRecord, error: unknown, at: number) =>
  unknownProblem(record.accountName, error instanceof ProviderError ? error.problem.detail : null, at);

