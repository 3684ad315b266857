import { protocol } from 'electron';
import { createPageAnswer } from './page-answer';
import { firstFiles, pageFiles } from './page-files';

/** Chromium's net::ERR_FILE_NOT_FOUND. */
const NOT_FOUND = -6;

/**
 * Serves the built window in `pageFolder` and nothing else. Resolves when the page's first files are on their way.
 * Chromium reads the files on threads of its own: with protocol.handle their bytes would wait for this one, which loads
 * the services just then, and the first frame with them.
 */
export const servePage = (pageFolder: string): Promise<void> => {
  const answer = createPageAnswer(pageFiles(pageFolder));
  const waiting = new Set(firstFiles(pageFolder));
  return new Promise((resolve) => {
    protocol.registerFileProtocol('app', (request, send) => {
      const found = answer(request);
      if (found === null) return send({ error: NOT_FOUND });
      send({ path: found.file, headers: { ...found.headers } });
      if (waiting.delete(found.file) && waiting.size === 0) resolve();
    });
  });
};
