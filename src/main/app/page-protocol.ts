import { protocol } from 'electron';
import { createPageAnswer } from './page-answer';
import { firstFiles, pageFiles } from './page-files';

/** Chromium's net::ERR_FILE_NOT_FOUND. */
const NOT_FOUND = -6;

/**
 * Serves the built window in `pageFolder` and nothing else. Calls `asked` once, when the page has asked for the last of its
 * first files and before that is answered: no script of it has run until then.
 * Chromium reads the files on threads of its own: with protocol.handle their bytes would wait for this one, which loads
 * the services just then, and the first frame with them.
 */
export const servePage = (pageFolder: string, asked: () => void): void => {
  const answer = createPageAnswer(pageFiles(pageFolder));
  const waiting = new Set(firstFiles(pageFolder));
  protocol.registerFileProtocol('app', (request, send) => {
    const found = answer(request);
    if (found === null) return send({ error: NOT_FOUND });
    if (waiting.delete(found.file) && waiting.size === 0) asked();
    send({ path: found.file, headers: { ...found.headers } });
  });
};
