import { z } from 'zod';
import { AsFlag, AsInteger, AsPositive, AsWords } from '../classify';

/** `code` is 200 on success and -1000 on every failure, where `data` is an empty string. */
export const Envelope = z.looseObject({ code: AsInteger, data: z.unknown().optional() });

export const Uploaded = z.looseObject({
  relative_path: AsWords.optional(),
  url: AsWords.optional(),
  /** Equal to `url` when no thumbnail was made. */
  thumbnail_url: AsWords.optional(),
  image_width: AsPositive.optional(),
  image_height: AsPositive.optional(),
  client_name: AsWords.optional(),
  imgid: AsWords.optional(),
  /** Missing when the same bytes were uploaded before. */
  delete: AsWords.optional(),
});

/** The API page's field list says `id` where its example has `album_id`. */
export const AlbumRow = z.looseObject({
  album_id: AsWords.optional(),
  id: AsWords.optional(),
  name: AsWords.optional(),
  description: AsWords.optional(),
  create_date: AsWords.optional(),
  update_date: AsWords.optional(),
  is_private: AsFlag.optional(),
  cover: AsWords.optional(),
});
/** What is no row at all counts as one without an id. */
export const AlbumRows = z.array(AlbumRow.catch({}));
