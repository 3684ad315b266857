import type { Handlers, SliceHandlers } from '../register';
import type { HandlerDeps } from './handler-deps';

/** Originals to look at, and the thumbnails of rows on screen. */
export const previewsHandlers = (deps: HandlerDeps): SliceHandlers<'previews'> & Pick<Handlers, 'library:want-thumbs' | 'library:put-thumb'> => {
  const previews = async () => (await deps.services()).previews;
  return {
    'previews:open': async (which) => {
      const service = await previews();
      return 'uploadId' in which ? service.openUpload(which.uploadId, deps.lifetime) : service.openRemote(which.accountId, which.url, deps.lifetime);
    },
    'previews:stop': async (which) => {
      (await previews()).stop(which);
      return undefined;
    },
    'previews:close': async ({ address }) => {
      (await previews()).close(address);
      return undefined;
    },
    'library:want-thumbs': async ({ ids }) => {
      const { page, later } = await (await previews()).wantThumbs(ids);
      return { page: [...page], later: [...later] };
    },
    'library:put-thumb': async ({ id, bytes, seconds }) => {
      await (await previews()).putThumb(id, bytes, seconds);
      return undefined;
    },
  };
};
