import { z } from 'zod';
import { Localized } from './localized';

/** Kept in the library for ever: never renamed. */
export const ProviderId = z.enum(['imgurl', 'chevereto', 'smms', 'wizs', 'picferry']);
export type ProviderId = z.infer<typeof ProviderId>;

const common = {
  key: z.string(),
  label: Localized,
  /** What it is and where to get it. */
  help: Localized,
  required: z.boolean(),
  /** Shown behind "more settings". */
  advanced: z.boolean(),
};

/** One setting of an account, declared as data: form, check, storage and redaction all follow from it. */
export const SettingDeclaration = z.discriminatedUnion('type', [
  z.strictObject({ ...common, type: z.literal('text'), default: z.string() }),
  /** Sealed in the vault; the window sees only "set" or "not set". */
  z.strictObject({ ...common, type: z.literal('secret') }),
  z.strictObject({ ...common, type: z.literal('switch'), default: z.boolean() }),
  /** A whole number; null means "no value". */
  z.strictObject({
    ...common,
    type: z.literal('number'),
    default: z.number().nullable(),
    min: z.number(),
    max: z.number(),
    unit: z.enum(['bytes', 'count']),
  }),
  z.strictObject({
    ...common,
    type: z.literal('choice'),
    default: z.string(),
    choices: z.array(z.strictObject({ value: z.string(), label: Localized })).readonly(),
  }),
]);
export type SettingDeclaration = z.infer<typeof SettingDeclaration>;

export const SettingValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type SettingValue = z.infer<typeof SettingValue>;

/** What a host can do with the settings an account has. Callers ask this, never the provider's id. */
export const Capabilities = z
  .strictObject({
    images: z.boolean(),
    video: z.boolean(),
    /** Lists its albums. */
    albums: z.boolean(),
    /** Puts an upload into an album whose id was given. */
    uploadIntoAlbum: z.boolean(),
    list: z.enum(['none', 'last-hour-of-this-network', 'public-gallery']),
    clearList: z.boolean(),
    deleteByLink: z.boolean(),
    sync: z.boolean(),
    anonymous: z.boolean(),
    /** Lower-case extensions without dot that the host says it takes; empty means unstated. */
    extensions: z.array(z.string()).readonly(),
    /** The size above which the host refuses for certain, in bytes; null means unstated. */
    maxBytes: z.number().nullable(),
    /** A size above which people were refused, in bytes: worth a warning, never a block. */
    warnBytes: z.number().nullable(),
  })
  .readonly();
export type Capabilities = z.infer<typeof Capabilities>;

/** Everything the window and the command line need to know of a provider without loading it. */
export const ProviderDescriptor = z
  .strictObject({
    id: ProviderId,
    name: Localized,
    /** The public site's root, offered as a start; '' when there is none. */
    defaultUrl: z.string(),
    /** An account names a data folder on this computer (its setting `folder`) instead of an address. */
    byFolder: z.boolean(),
    /** Said before the first upload, e.g. that a public endpoint is closed; null when there is nothing to say. */
    notice: Localized.nullable(),
    settings: z.array(SettingDeclaration).readonly(),
    capabilities: Capabilities,
  })
  .readonly();
export type ProviderDescriptor = z.infer<typeof ProviderDescriptor>;
