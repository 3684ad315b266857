import { z } from 'zod';
import { Problem } from './problem';
import { Capabilities, ProviderId, SettingValue } from './provider';

export { isOnlyHere, OTHER_PICFERRY, THIS_COMPUTER } from './this-computer';

/** A configured provider as it lies in the settings file. Secrets are not in it. */
export const StoredAccount = z
  .strictObject({
    /** Random and permanent; the library refers to it. The embedded host's is `this-computer`. */
    id: z.string().min(1),
    /** Unique among accounts; what people and the command line call it. */
    name: z.string().min(1).max(80),
    provider: ProviderId,
    /** The site's root with any path prefix, without a trailing slash; '' for another Picferry on this computer. */
    url: z.string(),
    settings: z.record(z.string(), SettingValue).readonly(),
    createdAt: z.number(),
  })
  .readonly();
export type StoredAccount = z.infer<typeof StoredAccount>;

/** An account as the window and the command line see it. */
export const Account = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    provider: ProviderId,
    url: z.string(),
    settings: z.record(z.string(), SettingValue).readonly(),
    /** Which declared secrets have a value. */
    secretsSet: z.array(z.string()).readonly(),
    capabilities: Capabilities,
    isDefault: z.boolean(),
    /** True for an embedded host, ours or another Picferry's: its links open only on this computer. */
    onlyThisComputer: z.boolean(),
    /** Set when the account's jobs wait for a person, e.g. after the key was refused. */
    paused: Problem.nullable(),
  })
  .readonly();
export type Account = z.infer<typeof Account>;

/** What a person typed for a new or changed account. `secrets` hold only what is to be set or replaced. */
export const AccountDraft = z
  .strictObject({
    /** Absent for a new account. */
    id: z.string().optional(),
    name: z.string().trim().min(1).max(80),
    provider: ProviderId,
    /** Any address of the site; a pasted endpoint is cut back to the root. */
    url: z.string().trim().max(2000),
    settings: z.record(z.string(), SettingValue),
    secrets: z.record(z.string(), z.string().max(4000)),
  })
  .readonly();
export type AccountDraft = z.infer<typeof AccountDraft>;

/** One thing the account test looked at. `message` is a key of the `problems` or `test` translations. */
export const TestStep = z.strictObject({
  what: z.enum(['address', 'reach', 'key', 'upload', 'albums', 'list', 'sync']),
  result: z.enum(['works', 'fails', 'unknown']),
  problem: Problem.nullable(),
});
export type TestStep = z.infer<typeof TestStep>;

/** The account test's answer. `canUpload` is false when uploading cannot work as it is set up. */
export const AccountTest = z.strictObject({ canUpload: z.boolean(), steps: z.array(TestStep).readonly() }).readonly();
export type AccountTest = z.infer<typeof AccountTest>;

export const Album = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    isPrivate: z.boolean().nullable(),
    coverUrl: z.string().nullable(),
    createdAt: z.string().nullable(),
    updatedAt: z.string().nullable(),
  })
  .readonly();
export type Album = z.infer<typeof Album>;

/** A row that a host lists. Urls may be derived (guessed from a path) where the host gives none. */
export const RemoteItem = z
  .strictObject({
    remoteId: z.string(),
    name: z.string(),
    storedName: z.string().nullable(),
    url: z.string().nullable(),
    thumbUrl: z.string().nullable(),
    derived: z.boolean(),
    kind: z.enum(['image', 'video', 'other']),
    bytes: z.number().nullable(),
    width: z.number().nullable(),
    height: z.number().nullable(),
    views: z.number().nullable(),
    /** The host's own words for its time; without a zone it is for show only. */
    hostTime: z.string().nullable(),
    hostTimeZoneKnown: z.boolean(),
    /** Id of the upload in the library that this row is, when they can be matched. */
    uploadId: z.string().nullable(),
    /** Name of the thumbnail that the library has of that upload, or null. */
    thumb: z.string().nullable(),
    /** Whether the library knows how to delete it: a matched upload that is not gone and whose delete link was kept. */
    mayDelete: z.boolean(),
  })
  .readonly();
export type RemoteItem = z.infer<typeof RemoteItem>;
