import { z } from 'zod';
import { Adapted, JobState, MediaKind, WaitReason, type BatchResult, type Job } from '../../shared/model/job';
import { PreparationReport } from '../../shared/model/preparation-report';
import { Problem } from '../../shared/model/problem';
import { ProviderId } from '../../shared/model/provider';

/** What preparation found out about a file, or made of it; sending checks size and time against it. */
export const FileFacts = z
  .strictObject({
    /** The name the file part carries: the file's own, with an extension added only where it has none. */
    partName: z.string(),
    kind: MediaKind,
    mime: z.string(),
    bytes: z.number(),
    modifiedMs: z.number(),
    /** Null for large files until they were sent: those are hashed on the way. */
    sha256: z.string().nullable(),
    width: z.number().nullable(),
    height: z.number().nullable(),
    /** The copy of ours that is sent in the file's place; null where the file itself is. Jobs of earlier versions do not say. */
    prepared: z.string().nullable().default(null),
    /** What was done with the file; null where nobody says. */
    report: PreparationReport.nullable().default(null),
  })
  .readonly();
export type FileFacts = z.infer<typeof FileFacts>;

/** A job as it lies on disk. Progress is not part of it. */
export const JobRecord = z
  .strictObject({
    id: z.string(),
    batchId: z.string(),
    position: z.number(),
    origin: z.enum(['window', 'cli', 'api', 'anywhere']),
    /** `bad` inputs failed before they had a file. */
    input: z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('file'), path: z.string() }),
      z.strictObject({ type: z.literal('kept'), path: z.string(), clipboardApp: z.string().exactOptional() }),
      z.strictObject({ type: z.literal('bad') }),
    ]),
    name: z.string(),
    accountId: z.string(),
    accountName: z.string(),
    provider: ProviderId,
    onlyThisComputer: z.boolean(),
    albumId: z.string().nullable(),
    /** Sends even if the same bytes are there or stand as unknown. */
    force: z.boolean(),
    /** The upload that this one is to stand in for. Jobs of earlier versions do not say. */
    replaces: z.string().nullable().default(null),
    /** The profile that was asked for this once; null: the account's. Jobs of earlier versions do not say. */
    profile: z.string().nullable().default(null),
    /** What the file is made into beyond its profile, so that the host takes it. Jobs of earlier versions do not say. */
    adapted: Adapted.nullable().default(null),
    /** The person gave it its name, which is sent as it is. Jobs of earlier versions do not say. */
    named: z.boolean().default(false),
    facts: FileFacts.nullable(),
    /** Of the file itself, where it is encoded anew: what is sent does not tell which file it was. Jobs of earlier versions do not say. */
    sourceSha256: z.string().nullable().default(null),
    state: JobState,
    wait: WaitReason.nullable(),
    waitUntil: z.number().nullable(),
    attempts: z.number(),
    /** When the body was first opened for sending: from then on a lost answer is an unknown outcome. */
    sentAt: z.number().nullable(),
    problem: Problem.nullable(),
    uploadId: z.string().nullable(),
    url: z.string().nullable(),
    width: z.number().nullable(),
    height: z.number().nullable(),
    duplicate: z.boolean(),
    pendingReview: z.boolean(),
    thumb: z.string().nullable(),
    /** An unknown job that was put away: not shown, but its bytes are still not sent again by themselves. */
    dismissed: z.boolean(),
    createdAt: z.number(),
    finishedAt: z.number().nullable(),
  })
  .readonly();
export type JobRecord = z.infer<typeof JobRecord>;

/** Where the bytes lie that are sent; null for a job that never had any. */
export const pathToSend = ({ input, facts }: Pick<JobRecord, 'input' | 'facts'>): string | null => facts?.prepared ?? (input.type === 'bad' ? null : input.path);

/** How far a sending job is. */
export type Progress = { readonly sentBytes: number; readonly bytesPerSecond: number | null };

const noProgress: Progress = { sentBytes: 0, bytesPerSecond: null };

/** The job as the window sees it. `gate` is what holds the job's whole account back, if anything does. */
export function jobOf(
  record: JobRecord,
  progress: Progress = noProgress,
  gate: { readonly wait: WaitReason; readonly until: number | null } | null = null,
): Job {
  const bytes = record.facts?.bytes ?? null;
  const sentBytes = record.state === 'done' && !record.duplicate ? (bytes ?? 0) : progress.sentBytes;
  const speed = record.state === 'sending' ? progress.bytesPerSecond : null;
  const held = record.state === 'queued' && record.wait === null ? gate : null;
  return {
    id: record.id,
    batchId: record.batchId,
    position: record.position,
    name: record.name,
    accountId: record.accountId,
    accountName: record.accountName,
    provider: record.provider,
    albumId: record.albumId,
    onlyThisComputer: record.onlyThisComputer,
    kind: record.facts?.kind ?? 'other',
    bytes,
    state: record.state,
    wait: held?.wait ?? record.wait,
    waitUntil: held?.until ?? record.waitUntil,
    sentBytes,
    bytesPerSecond: speed,
    secondsLeft: speed !== null && speed > 0 && bytes !== null ? Math.max(0, (bytes - sentBytes) / speed) : null,
    attempts: record.attempts,
    problem: record.problem,
    uploadId: record.uploadId,
    url: record.url,
    width: record.width ?? record.facts?.width ?? null,
    height: record.height ?? record.facts?.height ?? null,
    duplicate: record.duplicate,
    pendingReview: record.pendingReview,
    thumb: record.thumb,
    profile: record.profile,
    adapted: record.adapted,
    report: record.facts?.report ?? null,
    hasFile: record.input.type === 'file',
    sha256: record.facts?.sha256 ?? null,
    createdAt: record.createdAt,
    finishedAt: record.finishedAt,
  };
}

/** The slot of an ended job in its batch's result. */
export function resultOf(record: JobRecord): BatchResult {
  const { state } = record;
  if (state !== 'done' && state !== 'failed' && state !== 'cancelled' && state !== 'unknown') {
    throw new Error(`a job in state ${state} has no result`);
  }
  return {
    file: record.input.type === 'file' ? record.input.path : record.name,
    jobId: record.id,
    state,
    uploadId: record.uploadId,
    url: record.url,
    width: record.width ?? record.facts?.width ?? null,
    height: record.height ?? record.facts?.height ?? null,
    bytes: record.facts?.bytes ?? null,
    kind: record.facts?.kind ?? 'other',
    accountId: record.accountId,
    accountName: record.accountName,
    onlyThisComputer: record.onlyThisComputer,
    duplicate: record.duplicate,
    problem: record.problem,
    report: record.facts?.report ?? null,
  };
}

/** Somebody waits for the answer and nobody is there to lift a pause: such a job says what stands in its way. */
export const isWaitedFor = ({ origin }: Pick<JobRecord, 'origin'>): boolean => origin === 'cli' || origin === 'api';
