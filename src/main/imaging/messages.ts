import { z } from 'zod';
import { PreparationProfile } from '../../shared/model/preparation';
import { LeftBecause, RemovedPart } from '../../shared/model/preparation-report';

export const ThumbnailRequest = z.strictObject({
  do: z.literal('thumbnail'),
  id: z.number(),
  path: z.string(),
  folder: z.string(),
  /** A small PNG under this name, in place of a thumbnail: for a menu, or of this edge in pixels. */
  menuName: z.string().optional(),
  edge: z.number().int().positive().optional(),
});
export type ThumbnailRequest = z.infer<typeof ThumbnailRequest>;

/** Makes a picture ready by a profile: from the file `path` to a new file `to`, for a host that takes these extensions, or does not say. */
export const ProfileRequest = z.strictObject({ do: z.literal('profile'), id: z.number(), path: z.string(), to: z.string(), profile: PreparationProfile, takes: z.array(z.string()).readonly() });
export type ProfileRequest = z.infer<typeof ProfileRequest>;

/** Asks which characters of a watermark's text no font here draws. */
export const LettersRequest = z.strictObject({ do: z.literal('letters'), id: z.number(), text: z.string() });
export type LettersRequest = z.infer<typeof LettersRequest>;

/** What the imaging process is asked. */
export const ImagingRequest = z.discriminatedUnion('do', [ThumbnailRequest, ProfileRequest, LettersRequest]);
export type ImagingRequest = z.infer<typeof ImagingRequest>;

/** Why there is no thumbnail. `failed`: not a picture, or one that cannot be read. */
export const NoThumbnail = z.enum(['failed', 'too_big', 'timeout', 'crashed', 'disk']);
export type NoThumbnail = z.infer<typeof NoThumbnail>;

/** `name` is the file in the folder: the one asked for, or the SHA-256 of its bytes with `.webp`. */
export const ThumbnailReply = z.discriminatedUnion('ok', [
  z.strictObject({ id: z.number(), ok: z.literal(true), name: z.string() }),
  z.strictObject({ id: z.number(), ok: z.literal(false), reason: NoThumbnail }),
]);
export type ThumbnailReply = z.infer<typeof ThumbnailReply>;

/** Why a picture is left to be sent without this work. */
export const WhyAlone = LeftBecause;
export type WhyAlone = LeftBecause;

/** Why a picture could not be made ready. `no_fit`: no quality makes it as small as it has to be; `no_mark`: the watermark's picture cannot be read; `no_letters`: no font here draws some of its text; `trap`: a drawing that is built to exhaust whoever draws it; `outside`: one that is put together from other files; `slow`: one that takes too long to draw. */
export const NotMade = z.enum(['failed', 'too_big', 'no_fit', 'no_mark', 'no_letters', 'trap', 'outside', 'slow', 'memory', 'timeout', 'crashed', 'disk']);
export type NotMade = z.infer<typeof NotMade>;

/** What came of a picture; only after `made` there is a new file. `extension` is that of its format, without a dot; `recoded`: its pixels were encoded anew; `left`: why some of the work was left out all the same. */
export const ProfileOutcome = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('made'), extension: z.string(), recoded: z.boolean(), removed: z.array(RemovedPart).readonly(), left: WhyAlone.exactOptional() }),
  z.strictObject({ type: z.literal('alone'), why: WhyAlone }),
  /** `letters`: the characters that cannot be drawn. */
  z.strictObject({ type: z.literal('failed'), why: NotMade, letters: z.string().exactOptional() }),
]);
export type ProfileOutcome = z.infer<typeof ProfileOutcome>;

export const ProfileReply = z.strictObject({ id: z.number(), outcome: ProfileOutcome });
export type ProfileReply = z.infer<typeof ProfileReply>;

/** Each character that cannot be drawn, once. */
export const LettersReply = z.strictObject({ id: z.number(), missing: z.string() });
export type LettersReply = z.infer<typeof LettersReply>;
