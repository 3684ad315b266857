import { z } from 'zod';
import { PreparationReport } from './preparation-report';
import { Problem } from './problem';
import { ProviderId } from './provider';

export const MediaKind = z.enum(['image', 'video', 'other']);
export type MediaKind = z.infer<typeof MediaKind>;

/**
 * `queued → preparing → sending → done`, or one of the other three ends.
 * `unknown`: the bytes left but no answer came; such a job is never sent again by itself.
 */
export const JobState = z.enum(['queued', 'preparing', 'sending', 'done', 'failed', 'cancelled', 'unknown']);
export type JobState = z.infer<typeof JobState>;

/** Why a queued job does not move. */
export const WaitReason = z.enum(['retry', 'rate_limit', 'offline', 'paused', 'account_paused', 'same_file', 'name']);
export type WaitReason = z.infer<typeof WaitReason>;

/** What a file is made into so that its host takes it: no larger than that, or of that format. */
export const Adapted = z
  .strictObject({ maxBytes: z.number().int().min(1_000).max(1_000_000_000).nullable(), format: z.enum(['jpeg', 'png', 'webp']).nullable() })
  .readonly();
export type Adapted = z.infer<typeof Adapted>;

/** One file on its way to one account, as the window sees it. */
export const Job = z
  .strictObject({
    id: z.string(),
    batchId: z.string(),
    /** Place in the batch, from 0: results keep the order of the inputs. */
    position: z.number(),
    name: z.string(),
    accountId: z.string(),
    accountName: z.string(),
    provider: ProviderId,
    albumId: z.string().nullable(),
    onlyThisComputer: z.boolean(),
    kind: MediaKind,
    bytes: z.number().nullable(),
    state: JobState,
    wait: WaitReason.nullable(),
    /** Epoch milliseconds at which a waiting job goes on by itself. */
    waitUntil: z.number().nullable(),
    sentBytes: z.number(),
    bytesPerSecond: z.number().nullable(),
    secondsLeft: z.number().nullable(),
    attempts: z.number(),
    problem: Problem.nullable(),
    /** The upload in the library this job ended as, or whose link it was answered with. */
    uploadId: z.string().nullable(),
    url: z.string().nullable(),
    width: z.number().nullable(),
    height: z.number().nullable(),
    /** Set when the same bytes were already there and the existing link was given. */
    duplicate: z.boolean(),
    /** Set when the host holds the picture back for review: there is no link yet. */
    pendingReview: z.boolean(),
    /** Name of the thumbnail that the window can fetch, or null. */
    thumb: z.string().nullable(),
    /** The preparation profile that was chosen for this once; null for the account's. */
    profile: z.string().nullable(),
    adapted: Adapted.nullable(),
    /** What preparation did with the file; null until it was looked at, and where nobody says. */
    report: PreparationReport.nullable(),
    /** Whether the file itself can still be asked for: it lies with the person, and was not bytes alone. */
    hasFile: z.boolean(),
    /** SHA-256 of the prepared bytes in hex; null until it is known. */
    sha256: z.string().nullable(),
    createdAt: z.number(),
    finishedAt: z.number().nullable(),
  })
  .readonly();
export type Job = z.infer<typeof Job>;

/** The whole queue in a few figures. */
export const QueueSummary = z
  .strictObject({
    paused: z.boolean(),
    offline: z.boolean(),
    total: z.number(),
    done: z.number(),
    failed: z.number(),
    active: z.number(),
    waiting: z.number(),
    unknown: z.number(),
    bytesPerSecond: z.number().nullable(),
    secondsLeft: z.number().nullable(),
  })
  .readonly();
export type QueueSummary = z.infer<typeof QueueSummary>;

/** One input's slot in a batch's result: a link or a problem, never missing. */
export const BatchResult = z
  .strictObject({
    file: z.string(),
    jobId: z.string().nullable(),
    state: z.enum(['done', 'failed', 'cancelled', 'unknown']),
    uploadId: z.string().nullable(),
    url: z.string().nullable(),
    width: z.number().nullable(),
    height: z.number().nullable(),
    bytes: z.number().nullable(),
    kind: MediaKind,
    accountId: z.string(),
    accountName: z.string(),
    onlyThisComputer: z.boolean(),
    duplicate: z.boolean(),
    problem: Problem.nullable(),
    /** What preparation did with the file; null where it was not looked at. */
    report: PreparationReport.nullable(),
  })
  .readonly();
export type BatchResult = z.infer<typeof BatchResult>;
