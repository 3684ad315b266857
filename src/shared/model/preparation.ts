import { z } from 'zod';
import {
  BOUNDS,
  COLLISION_CHOICES,
  COLOUR_CHOICES,
  FORMAT_CHOICES,
  INPUT_FORMATS,
  METADATA_CHOICES,
  ORIENTATION_CHOICES,
  PLACES,
  RESIZE_CHOICES,
  SLUG_CHOICES,
  SVG_CHOICES,
  UNSUPPORTED_CHOICES,
} from './preparation-choices';

const whole = ([least, most]: readonly [number, number]) => z.number().int().min(least).max(most);
/** `#rrggbb`. */
const Colour = z.string().regex(/^#[0-9a-fA-F]{6}$/);

/** The longest edge, one of the two edges in pixels, or both in percent. Nothing is ever enlarged. */
export const Resize = z.strictObject({ by: z.enum(RESIZE_CHOICES), value: whole(BOUNDS.edge) }).readonly();
export type Resize = z.infer<typeof Resize>;

export const PictureFormat = z.enum(FORMAT_CHOICES);
export type PictureFormat = z.infer<typeof PictureFormat>;
export const InputFormat = z.enum(INPUT_FORMATS);
export type InputFormat = z.infer<typeof InputFormat>;

/** What pictures of one format are turned into. */
export const FormatRule = z.strictObject({ input: InputFormat, format: PictureFormat }).readonly();
export type FormatRule = z.infer<typeof FormatRule>;

/** Cuts off edges of one colour, or transparent ones, and leaves `margin` pixels of them. */
export const Crop = z.strictObject({ tolerance: whole(BOUNDS.cropTolerance), margin: whole(BOUNDS.cropMargin) }).readonly();
export type Crop = z.infer<typeof Crop>;

/**
 * Something that is laid over the picture. `size` and `margin` are percent of the picture's shorter edge: how high a line of the
 * text is, or how long a mark picture's longer edge, and how far from the edge it stands, or from the next one in tiles.
 */
export const Watermark = z
  .strictObject({
    kind: z.enum(['text', 'picture']),
    /** What is written, for `text`; may have several lines. */
    text: z.string().max(500),
    /** The text's colour. */
    colour: Colour,
    /** The mark picture's file, for `picture`. */
    path: z.string().max(4000),
    place: z.enum(PLACES),
    size: whole(BOUNDS.watermarkSize),
    margin: whole(BOUNDS.watermarkMargin),
    /** Percent. */
    opacity: whole(BOUNDS.opacity),
    /** Degrees, clockwise. */
    angle: whole(BOUNDS.angle),
  })
  .readonly();
export type Watermark = z.infer<typeof Watermark>;

/** Round corners, a line around the picture and a shadow behind it, in pixels, as screenshots like to have them. */
export const Frame = z
  .strictObject({
    radius: whole(BOUNDS.radius),
    border: z.strictObject({ width: whole(BOUNDS.borderWidth), colour: Colour }).readonly().nullable(),
    /** Behind the picture and a little below it; `size` is how far it reaches, `opacity` is percent. */
    shadow: z.strictObject({ size: whole(BOUNDS.shadowSize), opacity: whole(BOUNDS.opacity) }).readonly().nullable(),
  })
  .readonly();
export type Frame = z.infer<typeof Frame>;

/** What the uploaded file is called. */
export const Naming = z
  .strictObject({
    /** Placeholders and text; '' is the file's own name. The extension of what is sent is added behind it. */
    template: z.string().max(500),
    slug: z.enum(SLUG_CHOICES),
    lowerCase: z.boolean(),
    collision: z.enum(COLLISION_CHOICES),
  })
  .readonly();
export type Naming = z.infer<typeof Naming>;

export const ProfileId = z.string().min(1).max(100);

/** How pictures are made ready before they are uploaded. Each part has a value that leaves the picture alone. */
export const PreparationProfile = z
  .strictObject({
    id: ProfileId,
    /** Unique among profiles; what people and the command line call it. */
    name: z.string().trim().min(1).max(80),
    /** `strip`: without position, camera data, texts and small pictures inside. */
    metadata: z.enum(METADATA_CHOICES).default('strip'),
    /** `apply`: pictures whose metadata says that they are turned are turned for good. */
    orientation: z.enum(ORIENTATION_CHOICES).default('keep'),
    /** `srgb`: colours of other profiles are converted, and the profile goes. */
    colour: z.enum(COLOUR_CHOICES).default('keep'),
    crop: Crop.nullable().default(null),
    resize: Resize.nullable().default(null),
    format: PictureFormat.default('keep'),
    /** The first rule for a picture's format counts in place of `format`. */
    formatRules: z.array(FormatRule).max(20).readonly().default([]),
    /** `convert`: HEIC, AVIF, TIFF, BMP and SVG become JPEG or PNG for hosts that do not take them, and `format` gives way to what the host takes. */
    unsupported: z.enum(UNSUPPORTED_CHOICES).default('convert'),
    svg: z.enum(SVG_CHOICES).default('sanitise'),
    /** 1 to 100 for formats that lose something; null: what is usual for the format. */
    quality: whole(BOUNDS.quality).nullable().default(null),
    /** The most bytes that a picture may have: the best quality that fits is searched for. */
    maxBytes: whole(BOUNDS.maxBytes).nullable().default(null),
    /** The colour that transparent parts are laid on; null leaves them, but where the format has none. */
    flatten: Colour.nullable().default(null),
    watermark: Watermark.nullable().default(null),
    frame: Frame.nullable().default(null),
    naming: Naming.default({ template: '', slug: 'off', lowerCase: false, collision: 'ignore' }),
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
