import { z } from 'zod';
import { AsInteger, AsPositive, AsWords } from '../classify';

export const Envelope = z.looseObject({
  /** `success`, `error`, or beyond the page `image_repeated`. */
  code: AsWords.optional(),
  success: z.unknown().optional(),
  data: z.unknown().optional(),
  /** The address of the picture that was there before. */
  images: AsWords.optional(),
});

export const File = z.looseObject({
  filename: AsWords.optional(),
  storename: AsWords.optional(),
  size: AsPositive.optional(),
  width: AsPositive.optional(),
  height: AsPositive.optional(),
  hash: AsWords.optional(),
  url: AsWords.optional(),
  delete: AsWords.optional(),
  /** Unix seconds. */
  timestamp: AsInteger.optional(),
});
export type File = z.infer<typeof File>;

/** An empty list comes as `[]`, as an empty string or not at all. What is no row at all counts as one of which nothing is known. */
export const Files = z.union([z.array(File.catch({})), z.literal(['', null, undefined]).transform((): File[] => [])]);
