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

export const PreparationSettings = z
  .strictObject({
    profiles: z.array(PreparationProfile).max(100).readonly().default([]),
    /** For accounts without a profile of their own. */
    defaultProfile: ProfileId.default('private'),
    /** By account id. */
    accounts: z.record(z.string().max(200), ProfileId).readonly().default({}),
  })
  .readonly();
export type PreparationSettings = z.infer<typeof PreparationSettings>;
