import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import type { PreviewsService } from '../previews';
import { createPageAnswer } from './page-answer';
import { pageFiles } from './page-files';
import { createReadThumb } from './read-thumb';

/** Must run before Electron is ready. */
export const declarePageScheme = (): void => {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges }]);
};

type Pictures = Pick<PreviewsService, 'served' | 'thumbMissing'>;

export type ServedPage = {
  /** Serves opened originals, too, from now on, and tells of thumbnails that are gone. */
  connect(pictures: Pictures): void;
};

/** Serves the built window in `pageFolder`, the thumbnails in `thumbsFolder` and opened originals, and nothing else. */
export const servePage = (pageFolder: string, thumbsFolder: string): ServedPage => {
  let pictures: Pictures | null = null;
  const answer = createPageAnswer({
    files: pageFiles(pageFolder),
    read: (file) => readFile(file),
    readThumb: createReadThumb({ folder: thumbsFolder, now: Date.now, onMissing: (name) => pictures?.thumbMissing(name) }),
    preview: (token) => pictures?.served(token),
    newNonce: () => randomBytes(16).toString('base64'),
  });
  protocol.handle('app', (request) => answer(request));
  return { connect: (found) => void (pictures = found) };
};
