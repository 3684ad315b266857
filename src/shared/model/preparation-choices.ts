// What the parts of a profile may be, apart from the schemas, which the window does not load.

export const METADATA_CHOICES = ['keep', 'strip'] as const;
export const ORIENTATION_CHOICES = ['keep', 'apply'] as const;
export const COLOUR_CHOICES = ['keep', 'srgb'] as const;
export const RESIZE_CHOICES = ['longest', 'width', 'height', 'percent'] as const;

/** What pictures are turned into; `keep`: they stay what they are. */
export const FORMAT_CHOICES = ['keep', 'jpeg', 'png', 'webp', 'avif'] as const;
/** What a rule looks for: the format of the file, whatever it is called. `apng` is the animated kind of PNG. */
export const INPUT_FORMATS = ['jpeg', 'png', 'apng', 'webp', 'gif', 'avif', 'heic', 'tiff', 'bmp', 'svg'] as const;

/** What is done with a picture whose format the host does not take. */
export const UNSUPPORTED_CHOICES = ['convert', 'send'] as const;
/** `sanitise`: without scripts and without anything from elsewhere; `rasterise`: as pixels. */
export const SVG_CHOICES = ['keep', 'sanitise', 'rasterise'] as const;

export const PLACES = ['top-left', 'top', 'top-right', 'left', 'centre', 'right', 'bottom-left', 'bottom', 'bottom-right', 'tile'] as const;

/** How a name is written: as it is, as a slug that keeps every script's letters, or in the letters a to z. */
export const SLUG_CHOICES = ['off', 'letters', 'ascii'] as const;
/** What happens when the account has or gets another file of that name: nothing, a number behind it, or a piece of the file's digest. */
export const COLLISION_CHOICES = ['ignore', 'number', 'digest'] as const;

/** The bounds of every number in a profile, both ends included. */
export const BOUNDS = {
  /** Pixels of an edge. */
  edge: [1, 100_000],
  percent: [1, 100],
  quality: [1, 100],
  maxBytes: [1_000, 1_000_000_000],
  /** How far a pixel may be from the edge's colour and still be empty, of 255. */
  cropTolerance: [0, 100],
  cropMargin: [0, 1_000],
  /** Percent of the picture's shorter edge. */
  watermarkSize: [1, 100],
  watermarkMargin: [0, 50],
  opacity: [1, 100],
  angle: [-180, 180],
  /** Pixels. */
  radius: [0, 1_000],
  borderWidth: [1, 500],
  shadowSize: [1, 200],
  /** The number that the next file of a profile gets. */
  counter: [0, 999_999_999_999],
} as const satisfies Readonly<Record<string, readonly [least: number, most: number]>>;
