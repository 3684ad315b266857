import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { protocol } from 'electron';
import { codeOf } from '../../lib/atomic-file';
import { createPictureAnswer } from './picture-answer';

/** Serves the thumbnails in `thumbsFolder`, and nothing else. To be called before the page is loaded, which otherwise never learns of the scheme. */
export const servePictures = (thumbsFolder: string): void => {
  const answer = createPictureAnswer({
    readThumb: async (name) => {
      try {
        return await readFile(join(thumbsFolder, name));
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return undefined;
        throw error;
      }
    },
  });
  protocol.handle('picture', (request) => answer(request));
};
