import { z } from 'zod';
import { AsInteger, AsPositive, AsWords } from '../classify';

/** Upload and delete speak `result`, lists and JSON calls `success`; EasyImages says `failed` where WiZs says `error`. */
export const Verdict = z.looseObject({
  result: AsWords.optional(),
  success: z.unknown().optional(),
  code: AsInteger.optional(),
});

export const Uploaded = z.looseObject({
  url: AsWords.optional(),
  srcName: AsWords.optional(),
  thumb: AsWords.optional(),
  del: AsWords.optional(),
  width: AsPositive.optional(),
  height: AsPositive.optional(),
  file_size: AsPositive.optional(),
  /** `video`; pictures carry no type. */
  type: AsWords.optional(),
  /** Seconds, with a fraction. */
  duration: z.coerce.number().positive().nullish().catch(null),
});

export const Row = z.looseObject({
  id: AsWords.optional(),
  filename: AsWords.optional(),
  original_name: AsWords.optional(),
  /** `2024/04/a1b2.png`, without a leading slash on the API page. */
  file_path: AsWords.optional(),
  file_size: AsPositive.optional(),
  width: AsPositive.optional(),
  height: AsPositive.optional(),
  views: AsInteger.optional(),
  /** `YYYY-MM-DD HH:mm:ss`, zone unstated. */
  created_at: AsWords.optional(),
});
export type Row = z.infer<typeof Row>;

export const Listed = z.looseObject({
  /** What is no row at all counts as one of which nothing is known. */
  data: z.array(Row.catch({})),
  pagination: z
    .looseObject({ current_page: AsPositive.optional(), per_page: AsPositive.optional(), total: AsInteger.optional(), total_pages: AsInteger.optional() })
    .optional(),
});
