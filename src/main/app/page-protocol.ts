import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { protocol } from 'electron';
import { createPageAnswer } from './page-answer';
import { pageFiles } from './page-files';

/** Must run before Electron is ready. */
export const declarePageScheme = (): void => {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges }]);
};

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** Serves the built window in `pageFolder` and the thumbnails in `thumbsFolder`, and nothing else. */
export const servePage = (pageFolder: string, thumbsFolder: string): void => {
  const answer = createPageAnswer({
    files: pageFiles(pageFolder),
    read: (file) => readFile(file),
    readThumb: async (name) => {
      try {
        return await readFile(join(thumbsFolder, name));
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    newNonce: () => randomBytes(16).toString('base64'),
  });
  protocol.handle('app', (request) => answer(request));
};
