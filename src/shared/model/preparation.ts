import { z } from 'zod';

/** The longest edge, one of the two edges in pixels, or both in percent. Nothing is ever enlarged. */
export const Resize = z.strictObject({ by: z.enum(['longest', 'width', 'height', 'percent']), value: z.number().int().min(1).max(100_000) }).readonly();
export type Resize = z.infer<typeof Resize>;

export const ProfileId = z.string().min(1).max(100);

/** How pictures are made ready before they are uploaded. Each part has a value that leaves the picture alone. */
export const PreparationProfile = z
  .strictObject({
    id: ProfileId,
    /** Unique among profiles; what people and the command line call it. */
    name: z.string().trim().min(1).max(80),
    /** `strip`: without position, camera data, texts and small pictures inside. */
    metadata: z.enum(['keep', 'strip']).default('strip'),
    /** `apply`: pictures whose metadata says that they are turned are turned for good. */
    orientation: z.enum(['keep', 'apply']).default('keep'),
    /** `srgb`: colours of other profiles are converted, and the profile goes. */
    colour: z.enum(['keep', 'srgb']).default('keep'),
    resize: Resize.nullable().default(null),
    format: z.enum(['keep', 'jpeg', 'png', 'webp', 'avif']).default('keep'),
    /** 1 to 100 for formats that lose something; null: what is usual for the format. */
    quality: z.number().int().min(1).max(100).nullable().default(null),
    /** The most bytes that a picture may have: the best quality that fits is searched for. */
    maxBytes: z.number().int().min(1_000).max(1_000_000_000).nullable().default(null),
    /** `#rrggbb` that transparent parts are laid on; null leaves them, but where the format has none. */
    flatten: z
      .string()
      .regex(/^#[0-9a-fA-F]{6}$/)
      .nullable()
      .default(null),
  })
  .readonly();
export type PreparationProfile = z.infer<typeof PreparationProfile>;

// Written out: the window loads this module, and its policy lets no schema compile itself there.
const UNTOUCHED = { metadata: 'keep', orientation: 'keep', colour: 'keep', resize: null, format: 'keep', quality: null, maxBytes: null, flatten: null } as const;
/** Removes location and camera data and changes no pixel. */
export const PRIVATE: PreparationProfile = { ...UNTOUCHED, id: 'private', name: 'private', metadata: 'strip' };
/** Sends every file as it is. */
export const AS_IT_IS: PreparationProfile = { ...UNTOUCHED, id: 'none', name: 'none' };

/** Profiles that are always there; they cannot be changed, and their ids are their names. */
export const BUILT_IN: readonly PreparationProfile[] = [PRIVATE, AS_IT_IS];

export const PreparationSettings = z
  .strictObject({
    profiles: z.array(PreparationProfile).max(100).readonly().default([]),
    /** For accounts without a profile of their own. */
    defaultProfile: ProfileId.default(PRIVATE.id),
    /** By account id. */
    accounts: z.record(z.string().max(200), ProfileId).readonly().default({}),
  })
  .readonly();
export type PreparationSettings = z.infer<typeof PreparationSettings>;

export const profilesOf = ({ profiles }: PreparationSettings): readonly PreparationProfile[] => [...BUILT_IN, ...profiles];

/** The profile that a person named, by its name or id. */
export const profileNamed = (settings: PreparationSettings, name: string): PreparationProfile | undefined => {
  const all = profilesOf(settings);
  return all.find((profile) => profile.id === name) ?? all.find((profile) => profile.name.toLowerCase() === name.trim().toLowerCase());
};

/** The profile for an account's uploads; one that is gone counts as not chosen. */
export const profileFor = (settings: PreparationSettings, accountId: string): PreparationProfile => {
  const byId = (id: string | undefined): PreparationProfile | undefined => profilesOf(settings).find((profile) => profile.id === id);
  return byId(settings.accounts[accountId]) ?? byId(settings.defaultProfile) ?? PRIVATE;
};

/** Whether a profile asks for more than metadata: then pictures are decoded and encoded anew. */
export const changesPixels = ({ orientation, colour, resize, format, quality, maxBytes, flatten }: PreparationProfile): boolean =>
  orientation === 'apply' || colour === 'srgb' || resize !== null || format !== 'keep' || quality !== null || maxBytes !== null || flatten !== null;
