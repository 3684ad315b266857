import { protocol } from 'electron';
import type { PreviewsService } from '../previews';
import { PAGE_ORIGIN } from './declare-schemes';
import { createPictureAnswer } from './picture-answer';
import { createReadThumb } from './read-thumb';

type Pictures = Pick<PreviewsService, 'served' | 'thumbMissing'>;

export type ServedPictures = {
  /** Serves opened originals, too, from now on, and tells of thumbnails that are gone. */
  connect(pictures: Pictures): void;
};

/**
 * Serves the thumbnails in `thumbsFolder` and opened originals, and nothing else. To be called before the page is loaded,
 * which otherwise never learns of the scheme.
 */
export const servePictures = (thumbsFolder: string): ServedPictures => {
  let pictures: Pictures | null = null;
  const answer = createPictureAnswer({
    pageOrigin: PAGE_ORIGIN,
    readThumb: createReadThumb({ folder: thumbsFolder, now: Date.now, onMissing: (name) => pictures?.thumbMissing(name) }),
    preview: (token) => pictures?.served(token),
  });
  protocol.handle('picture', (request) => answer(request));
  return { connect: (found) => void (pictures = found) };
};
