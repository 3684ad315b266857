import { setImmediate as turn } from 'node:timers/promises';
import { PicferryError, problemOf } from '../../../lib/picferry-error';
import { albumNames, joinLinks, SEPARATORS } from '../../../shared/links';
import type { UploadSelection } from '../../../shared/model/library-query';
import type { Problem } from '../../../shared/model/problem';
import type { Upload } from '../../../shared/model/upload';
import type { LibraryService } from '../../library';
import type { Handlers, SliceHandlers } from '../register';
import type { HandlerDeps } from './handler-deps';

/** Calls of the slice that stand in files of their own. */
type Elsewhere = 'library:upload-again' | 'library:stop-again' | 'library:want-thumbs' | 'library:put-thumb';

/** How much of a copied text the window is shown. */
const TEXT_SHOWN = 2000;

export const libraryHandlers = (deps: HandlerDeps): Omit<SliceHandlers<'library'>, Elsewhere> => {
  const library = async () => (await deps.services()).library;
  const refuse = (message: string, kind: Problem['kind'] = 'not_found'): PicferryError => new PicferryError(problemOf({ kind, message }, deps.now()));

  const uploadOf = async (id: string): Promise<Upload> => {
    const upload = (await library()).byId(id);
    if (upload === undefined) throw refuse('uploadNotFound');
    return upload;
  };
  return {
    ...reading(library, () => refuse('uploadNotFound')),
    'library:set-note': async ({ id, note }) => {
      await uploadOf(id);
      (await library()).setNote(id, note);
      return undefined;
    },
    'library:tag': async ({ selection, add, remove }) => (await library()).tag(selection, add, remove),
    'library:undo-tag': async ({ undo }) => ({ changed: await (await library()).undoTag(undo) }),
    'library:copy-links': async ({ selection, format, name }) => {
      const { library: uploads, albums, settings } = await deps.services();
      const albumOf = albumNames(() => albums.list());
      const parts: string[] = [];
      let [links, withoutLink] = [0, 0];
      for await (const slice of slices(uploads, selection)) {
        const subjects = slice.flatMap((upload) => (upload.url === null ? [] : [{ ...upload, url: upload.url, name: name ?? upload.name, album: albumOf(upload) }]));
        links += subjects.length;
        withoutLink += slice.length - subjects.length;
        if (subjects.length > 0) parts.push(joinLinks(subjects, settings.current(), format));
      }
      if (links === 0) throw refuse(withoutLink > 0 ? 'linksNone' : 'uploadNotFound');
      const text = parts.join(SEPARATORS[settings.current().linkSeparator]);
      await deps.clipboard.writeText(text);
      return { text: text.slice(0, TEXT_SHOWN), links, withoutLink };
    },
    'library:copy-delete-link': async ({ id }) => {
      const link = (await library()).deleteLink(id);
      if (link === undefined) throw refuse('deleteLinkMissing');
      await deps.clipboard.writeText(link);
      return undefined;
    },
    'library:copy-repaired': async ({ selection }) => {
      const pairs = await repairedPairs(await library(), selection);
      if (pairs.length === 0) throw refuse('nothingRepaired');
      const text = pairs.join('\n');
      await deps.clipboard.writeText(text);
      return { pairs: pairs.length, text: text.slice(0, TEXT_SHOWN) };
    },
    'library:sharing': async () => {
      const { sharing } = await deps.services();
      return { on: sharing.current()?.begun === true, others: sharing.others() };
    },
    'library:remove': async ({ selection, everywhere = false }) => (await library()).remove(selection, { everywhere }),
    'library:undo-remove': async ({ undo }) => ({ restored: await (await library()).undoRemove(undo) }),
    'library:open': async ({ id }) => {
      const upload = await uploadOf(id);
      if (upload.url === null) throw refuse('uploadNotFound');
      const { accounts } = await deps.services();
      // An address over http is opened only where the person allowed http for the account, or on this computer.
      const httpAllowed = upload.onlyThisComputer || accounts.byId(upload.accountId)?.settings['allowHttp'] === true;
      await deps.openLink(upload.url, { httpAllowed });
      return undefined;
    },
    'library:show-file': async ({ id }) => {
      const uploads = await library();
      const path = uploads.sourcePath(id);
      if (path === null || uploads.details(id)?.localFile !== 'there') throw refuse('fileVanished', 'file');
      deps.showFile(path);
      return undefined;
    },
  };
};

type ReadingCall = 'library:view' | 'library:rows' | 'library:count' | 'library:facets' | 'library:details';

const reading = (library: () => Promise<LibraryService>, notFound: () => PicferryError): Pick<Handlers, ReadingCall> => ({
  'library:view': async ({ query, limit }) => {
    const { uploads, total, exact, days } = (await library()).view(query, limit);
    return { uploads: [...uploads], total, exact, days: [...days] };
  },
  'library:rows': async ({ query, offset, limit }) => ({ uploads: [...(await library()).rows(query, offset, limit)] }),
  'library:count': async (query) => {
    const { total, days, bytes } = await (await library()).count(query);
    return { total, days: [...days], bytes };
  },
  'library:facets': async () => {
    const { accounts, tags, oldest } = (await library()).facets();
    return { accounts: [...accounts], tags: [...tags], oldest };
  },
  'library:details': async ({ id }) => {
    const details = (await library()).details(id);
    if (details === undefined) throw notFound();
    return details;
  },
});

/** A selection's uploads in its order; everything else has its turn between two slices. */
async function* slices(library: LibraryService, selection: UploadSelection): AsyncGenerator<readonly Upload[], void, undefined> {
  let first = true;
  for (const slice of library.whole(selection, { deleteLinks: false })) {
    if (!first) await turn();
    first = false;
    yield slice.map(({ upload }) => upload);
  }
}

/** `old<TAB>new` for every repaired upload of a selection, whichever of its records was selected. */
async function repairedPairs(library: LibraryService, selection: UploadSelection): Promise<readonly string[]> {
  const pairs = new Set<string>();
  for await (const slice of slices(library, selection)) {
    for (const { id } of slice) {
      const details = library.details(id);
      const old = details?.replacedBy === null && details.replaces !== null ? library.byId(details.replaces) : details?.upload;
      const latest = old === undefined ? undefined : latestOf(library, old.id);
      if (old?.url == null || latest?.url == null || latest.id === old.id || latest.url === old.url) continue;
      pairs.add(`${old.url}\t${latest.url}`);
    }
  }
  return [...pairs];
}

/** The record that stands in for this one now; a repaired one may have been repaired again. */
function latestOf(library: LibraryService, id: string): Upload | undefined {
  const seen = new Set<string>();
  let at = id;
  for (let next: string | null = id; next !== null && !seen.has(next); next = library.details(next)?.replacedBy ?? null) {
    seen.add(next);
    at = next;
  }
  return library.byId(at);
}
