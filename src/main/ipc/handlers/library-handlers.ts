import { PicferryError, problemOf } from '../../../lib/picferry-error';
import { joinLinks } from '../../../shared/links';
import type { Upload } from '../../../shared/model/upload';
import type { SliceHandlers } from '../register';
import type { HandlerDeps } from './handler-deps';

export const libraryHandlers = (deps: HandlerDeps): SliceHandlers<'library'> => {
  const library = async () => (await deps.services()).library;
  const notFound = (): PicferryError => new PicferryError(problemOf({ kind: 'not_found', message: 'uploadNotFound' }, deps.now()));

  const uploadOf = async (id: string): Promise<Upload> => {
    const upload = (await library()).byId(id);
    if (upload === undefined) throw notFound();
    return upload;
  };

  return {
    'library:page': async (query) => {
      const { uploads, next, total } = (await library()).page(query);
      deps.showing?.(uploads);
      return { uploads: [...uploads], next, total };
    },
    'library:copy-links': async ({ ids, format, name }) => {
      const { library: uploads, settings } = await deps.services();
      const subjects = ids.flatMap((id) => {
        const upload = uploads.byId(id);
        return upload === undefined || upload.url === null ? [] : [{ ...upload, url: upload.url, name: name ?? upload.name }];
      });
      if (subjects.length === 0) throw notFound();
      const text = joinLinks(subjects, settings.current(), format);
      await deps.clipboard.writeText(text);
      return { text };
    },
    'library:copy-delete-link': async ({ id }) => {
      const link = (await library()).deleteLink(id);
      if (link === undefined) throw new PicferryError(problemOf({ kind: 'not_found', message: 'deleteLinkMissing' }, deps.now()));
      await deps.clipboard.writeText(link);
      return undefined;
    },
    'library:delete': async ({ ids }) => [...(await (await library()).delete(ids, deps.lifetime))],
    'library:remove': async ({ ids }) => {
      (await library()).remove(ids);
      return undefined;
    },
    'library:open': async ({ id }) => {
      const upload = await uploadOf(id);
      if (upload.url === null) throw notFound();
      const { accounts } = await deps.services();
      // An address over http is opened only where the person allowed http for the account, or on this computer.
      const httpAllowed = upload.onlyThisComputer || accounts.byId(upload.accountId)?.settings['allowHttp'] === true;
      await deps.openLink(upload.url, { httpAllowed });
      return undefined;
    },
  };
};
