import { z } from 'zod';

/**
 * What was taken out of a picture's file. `location` and `thumbnail` are parts of Exif; `trailer` is what lay behind the picture's end; `gainmap` is what makes it brighter on HDR screens; of an SVG, `script` and
 * `handler` are what it would run, `link` what it would fetch or lead to, `content` what would be seen and is no drawing, such as a page inside, `doctype` its document
 * type, `packing` its compression or old encoding. `pages`: all still pictures of a file but one.
 */
export const RemovedPart = z.enum(['location', 'exif', 'xmp', 'iptc', 'comment', 'thumbnail', 'profile', 'trailer', 'gainmap', 'script', 'handler', 'link', 'content', 'doctype', 'packing', 'pages', 'other']);
export type RemovedPart = z.infer<typeof RemovedPart>;

/**
 * Why a file went out with whatever metadata it has although the profile wants it out. `format`: of its format nothing can be taken
 * out here; `video`: so it is with all videos. Only old reports tell of pictures that are not sent any more: `broken`, not built as their format says; `cut`, they end too early; `odd`, built by rules that are not known here.
 */
export const KeptBecause = z.enum(['format', 'video', 'broken', 'cut', 'odd']);
export type KeptBecause = z.infer<typeof KeptBecause>;

/**
 * Why work on the pixels was left out. `nothing`: it already is as the profile wants it; `larger`: the result would not be
 * smaller, which was all that was asked for; `animated`: its frames would be lost; `format`: not one that is read or encoded here; `drawing`: it stays a drawing,
 * which has no pixels.
 */
export const LeftBecause = z.enum(['nothing', 'larger', 'animated', 'format', 'drawing']);
export type LeftBecause = z.infer<typeof LeftBecause>;

/** What preparation did with a picture, or with a video whose metadata was to go. */
export const PreparationReport = z
  .strictObject({
    removed: z.array(RemovedPart).readonly(),
    /** Set where metadata may still be in it, against the profile's wish. */
    kept: KeptBecause.nullable(),
    /** Set where the profile asked for work on the pixels and none was done. */
    left: LeftBecause.nullable(),
    /** Whether its pixels were encoded anew. */
    recoded: z.boolean(),
    /** Of the file before anything was done. */
    originalBytes: z.number(),
  })
  .readonly();
export type PreparationReport = z.infer<typeof PreparationReport>;
