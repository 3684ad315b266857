/** Formats whose metadata can be cut out without touching a pixel. */
export type StrippableFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'heif' | 'tiff';

/** What was found and cut out. `location` and `thumbnail` are parts of Exif; `trailer` is what lay behind the picture's end. */
export type MetadataKind = 'location' | 'exif' | 'xmp' | 'iptc' | 'comment' | 'thumbnail' | 'profile' | 'trailer' | 'gainmap' | 'other';

/** What a person wants to keep of it: how the picture is turned, and its colour profile. */
export type StripKeep = { readonly orientation: boolean; readonly profile: boolean };

/**
 * Why a file stays as it is. `format`: not one of ours; `broken`: not built as its format says; `cut`: it ends too early;
 * `odd`: built by rules that are not known here.
 */
export type WhyLeft = 'format' | 'broken' | 'cut' | 'odd';

/** A part of the new file: a stretch of the old one, or bytes of its own. */
export type Piece = { readonly from: number; readonly to: number } | { readonly bytes: Buffer };

/** What has to be done with a file. `clean`: nothing, it holds nothing to take out. */
export type StripPlan =
  | { readonly type: 'clean' }
  | { readonly type: 'cut'; readonly pieces: readonly Piece[]; readonly bytes: number; readonly removed: readonly MetadataKind[] }
  | { readonly type: 'left'; readonly why: WhyLeft };
