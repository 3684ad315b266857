import { z } from 'zod';
import { MediaKind } from '../../../shared/model/job';
import { ProviderId, SettingValue } from '../../../shared/model/provider';
import { SettingsPatch } from '../../../shared/model/settings';
import { LinkState, RemoteState } from '../../../shared/model/upload';

/** What the first line of every file calls itself. */
export const FORMAT = 'picferry-library';
/** Raised when an older Picferry could not read a file rightly any more. New fields alone do not raise it. */
export const VERSION = 1;

const Hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));

/** How the rest of a sealed file was sealed; scrypt's own words for its cost. */
export const Seal = z.object({
  kdf: z.literal('scrypt'),
  n: z.number().int().min(2).max(2 ** 18),
  r: z.number().int().min(1).max(8),
  p: z.number().int().min(1).max(4),
  salt: Hex(16),
  cipher: z.literal('aes-256-gcm-stream'),
  nonce: Hex(7),
  /** Tells a wrong passphrase from a damaged file. */
  check: Hex(16),
});
export type Seal = z.infer<typeof Seal>;

export const Header = z.object({
  format: z.literal(FORMAT),
  version: z.number().int(),
  createdAt: z.number(),
  counts: z.object({ accounts: z.number(), albums: z.number(), uploads: z.number() }),
  seal: Seal.nullable(),
});
export type Header = z.infer<typeof Header>;

const Id = z.string().min(1).max(200);
const Text = z.string().max(32_768);

export const AccountLine = z.object({
  id: Id,
  name: z.string().min(1).max(80),
  provider: ProviderId,
  url: Text,
  settings: z.record(z.string(), SettingValue),
  createdAt: z.number(),
  /** Present in a sealed file only. */
  secrets: z.record(z.string(), z.string()).default({}),
});
export type AccountLine = z.infer<typeof AccountLine>;

export const AlbumLine = z.discriminatedUnion('source', [
  z.object({ source: z.literal('local'), id: Id, name: z.string().min(1).max(500), coverUploadId: Id.nullable() }),
  z.object({ source: z.literal('host'), id: Id, accountId: Id, name: z.string(), description: z.string().nullable(), isPrivate: z.boolean().nullable(), listedAt: z.number() }),
]);
export type AlbumLine = z.infer<typeof AlbumLine>;

/** What belongs to the person, not to the computer: no places of windows, ports, folders or proxies. */
export const SettingsLine = SettingsPatch.omit({
  proxy: true,
  dismissed: true,
  shortcuts: true,
  clipboardWatcher: true,
  screenshotWatcher: true,
  capture: true,
  dropWindow: true,
  localApi: true,
})
  .strip().extend({ defaultAccountId: z.string().nullable().default(null) });
export type SettingsLine = z.infer<typeof SettingsLine>;

export const UploadLine = z.object({
  id: Id,
  accountId: Id,
  accountName: z.string(),
  provider: ProviderId,
  onlyThisComputer: z.boolean(),
  name: Text,
  storedName: Text.nullable(),
  remoteId: Text.nullable(),
  url: Text.nullable(),
  thumbUrl: Text.nullable(),
  kind: MediaKind,
  mime: z.string().nullable(),
  bytes: z.number(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  durationSeconds: z.number().nullable(),
  sha256: z.string(),
  albumId: z.string().nullable(),
  localAlbumId: z.string().nullable(),
  uploadedAt: z.number(),
  remoteState: RemoteState,
  linkState: LinkState,
  tags: z.array(z.string()),
  note: z.string(),
  sourcePath: z.string().nullable(),
  replaces: z.string().nullable(),
  /** Present in a sealed file only. */
  deleteUrl: Text.nullable().default(null),
});
export type UploadLine = z.infer<typeof UploadLine>;

/** What the last line says of the whole. */
export const End = z.object({
  uploads: z.number(),
  /** Known when the file was made and not in it. */
  left: z.object({ deleteLinks: z.number(), secrets: z.number() }),
  /** SHA-256 of all lines before, hexadecimal. */
  sha256: Hex(32),
});
export type End = z.infer<typeof End>;

/** Every line but the header has one key, which says what it is. Kinds of a later version are passed over. */
const kinds = {
  account: z.object({ account: AccountLine }),
  album: z.object({ album: AlbumLine }),
  settings: z.object({ settings: SettingsLine }),
  upload: z.object({ upload: UploadLine }),
  end: z.object({ end: End }),
} as const;
export type Line = { [K in keyof typeof kinds]: z.infer<(typeof kinds)[K]> }[keyof typeof kinds];

/** A line as what its key says; null when it cannot be that. */
export function readLine(value: unknown): Line | null {
  const key = typeof value === 'object' && value !== null ? Object.keys(value)[0] : undefined;
  return key !== undefined && isKind(key) ? (kinds[key].safeParse(value).data ?? null) : null;
}

const isKind = (key: string): key is keyof typeof kinds => Object.hasOwn(kinds, key);
