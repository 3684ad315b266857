import type { SliceHandlers } from '../register';
import type { HandlerDeps } from './handler-deps';

export const albumsHandlers = (deps: HandlerDeps): SliceHandlers<'albums'> => {
  const albums = async () => (await deps.services()).albums;
  return {
    'albums:snapshot': async () => {
      const service = await albums();
      return { rev: service.rev(), albums: [...service.list()] };
    },
    'albums:refresh': async ({ accountId }) => ({ albums: await (await albums()).refresh(accountId, deps.lifetime) }),
    'albums:create': async ({ name, selection }) => ({ id: (await albums()).create(name, selection) }),
    'albums:rename': async ({ id, name }) => {
      (await albums()).rename(id, name);
      return undefined;
    },
    'albums:remove': async ({ id }) => ({ undo: (await albums()).remove(id) }),
    'albums:undo-remove': async ({ undo }) => {
      (await albums()).undoRemove(undo);
      return undefined;
    },
    'albums:set-cover': async ({ id, uploadId }) => {
      (await albums()).setCover(id, uploadId);
      return undefined;
    },
    'albums:move': async ({ selection, albumId }) => ({ moved: (await albums()).move(selection, albumId) }),
  };
};
