import { z } from 'zod';
import { AsFlag, AsInteger, AsPositive, AsWords } from '../classify';

/** Numbers come as strings from version 3 and as numbers from version 4. */
const Variant = z
  .looseObject({ url: AsWords.optional() })
  .nullish()
  .catch(null);

export const Image = z.looseObject({
  id_encoded: AsWords,
  /** Missing while moderation holds the picture. */
  url: AsWords.optional(),
  url_viewer: AsWords.optional(),
  /** Version 3 and the free edition give none. */
  delete_url: AsWords.optional(),
  filename: AsWords.optional(),
  size: AsPositive.optional(),
  width: AsPositive.optional(),
  height: AsPositive.optional(),
  mime: AsWords.optional(),
  is_approved: AsFlag.optional(),
  thumb: Variant,
  /** `video` for videos. */
  type: AsWords.optional(),
  duration: z.coerce.number().positive().nullish().catch(null),
});

export const Answer = z.looseObject({ status_code: AsInteger, image: Image });

/** `{"status_code":400,"error":{"message":…,"code":…}}`, always with HTTP 400. */
export const Refused = z.looseObject({ error: z.looseObject({ code: AsInteger.optional(), message: AsWords.optional() }) });
