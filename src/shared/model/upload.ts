import { z } from 'zod';
import { MediaKind } from './job';
import { Problem } from './problem';
import { ProviderId } from './provider';

/** What is known of the picture at its host. */
export const RemoteState = z.enum(['online', 'pending_review', 'deleted', 'already_gone', 'unconfirmed', 'refused']);
export type RemoteState = z.infer<typeof RemoteState>;

export const LinkState = z.enum(['unchecked', 'alive', 'dead', 'unsure']);
export type LinkState = z.infer<typeof LinkState>;

/** A finished job in the library. The delete link is sealed apart and never part of it. */
export const Upload = z
  .strictObject({
    id: z.string(),
    accountId: z.string(),
    accountName: z.string(),
    provider: ProviderId,
    onlyThisComputer: z.boolean(),
    /** The file's own name on this computer. */
    name: z.string(),
    storedName: z.string().nullable(),
    remoteId: z.string().nullable(),
    url: z.string().nullable(),
    thumbUrl: z.string().nullable(),
    /** Name of the local thumbnail that the window can fetch, or null. */
    thumb: z.string().nullable(),
    kind: MediaKind,
    mime: z.string().nullable(),
    /** 0 where it is not known: imported, or taken from a host's list that does not say. */
    bytes: z.number(),
    width: z.number().nullable(),
    height: z.number().nullable(),
    durationSeconds: z.number().nullable(),
    sha256: z.string(),
    albumId: z.string().nullable(),
    /** Our own clock, epoch milliseconds, UTC. */
    uploadedAt: z.number(),
    remoteState: RemoteState,
    /** What the last check of its link found. */
    linkState: LinkState,
    /** The library's own album it is in. */
    localAlbumId: z.string().nullable(),
    /** In the order a person reads them. */
    tags: z.array(z.string()).readonly(),
    hasDeleteLink: z.boolean(),
  })
  .readonly();
export type Upload = z.infer<typeof Upload>;

/** What is known after a delete link was followed once. */
export const DeleteStatus = z.enum(['deleted', 'already_gone', 'unconfirmed', 'refused']);
export type DeleteStatus = z.infer<typeof DeleteStatus>;

/** One upload's outcome; `failed` when the host was not reached or nothing could be asked (see `problem`). */
export const DeleteResult = z
  .strictObject({
    id: z.string(),
    status: z.enum([...DeleteStatus.options, 'failed']),
    problem: Problem.nullable(),
  })
  .readonly();
export type DeleteResult = z.infer<typeof DeleteResult>;
