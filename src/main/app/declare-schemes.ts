import { protocol } from 'electron';

/** Where the page comes from, as the browser names it. */
export const PAGE_ORIGIN = 'app://picferry';

/** The page's own files. */
const PAGE = { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } };
/** Pictures for the page to show. It may draw them, too, and so make thumbnails of what only a window can read. */
const PICTURES = { scheme: 'picture', privileges: { standard: true, secure: true, stream: true, corsEnabled: true } };

/** Must run before Electron is ready. */
export const declareSchemes = (): void => protocol.registerSchemesAsPrivileged([PAGE, PICTURES]);
