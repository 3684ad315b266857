import { ProviderError } from '../providers/errors';
import type { Receipt } from '../providers/contract';
import type { NewUpload } from '../library';
import type { Upload } from '../../shared/model/upload';
import type { JobRecord } from './job-record';
import type { JobTable } from './job-table';
import type { QueueDeps } from './queue-deps';
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

  const digestOf = async (record: JobRecord, signal: AbortSignal): Promise<string | null> => {
    const known = record.facts?.sha256 ?? null;
    if (known !== null || record.input.type === 'bad') return known;
    try {
      return await deps.hash(record.input.path, signal);
    } catch {
      // The picture is online all the same; without its file only duplicates of it cannot be told.
      return null;
    }
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
        const found = await provider.find({ name: facts.partName, size: facts.bytes }, sentAt ?? record.createdAt, { signal });
        if (found === 'absent' || found === 'cannot_tell') return found;
        // A row that belongs to another upload of ours says nothing of this one.
        const known = library.byRemote(record.accountId, { remoteId: found.remoteId, storedName: found.storedName, url: found.url });
        if (known !== undefined && known.sha256 !== (facts.sha256 ?? '')) return 'cannot_tell';
        const sha256 = await digestOf(record, signal);
        const now = table.get(record.id);
        if (now === undefined || now.state === 'done') return 'found';
        if (known !== undefined) withUpload(record.id, known);
        else withReceipt(record.id, found, sha256);
        return 'found';
      } catch (error) {
        if (signal.aborted) throw error;
        return 'cannot_tell';
      }
    },
  };
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

