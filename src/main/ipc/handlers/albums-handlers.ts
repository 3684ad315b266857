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
    'albums:create': async ({ name, selection }) => {
      const service = await albums();
      const id = service.create(name, null);
      return { id, undo: selection === null ? null : (await service.move(selection, id)).undo };
    },
    'albums:rename': async ({ id, name }) => {
      await (await albums()).rename(id, name);
      return undefined;
    },
    'albums:remove': async ({ id }) => ({ undo: await (await albums()).remove(id) }),
    'albums:undo-remove': async ({ undo }) => {
      await (await albums()).undoRemove(undo);
      return undefined;
    },
    'albums:set-cover': async ({ id, uploadId }) => {
      (await albums()).setCover(id, uploadId);
      return undefined;
    },
    'albums:move': async ({ selection, albumId }) => (await albums()).move(selection, albumId),
    'albums:undo-move': async ({ undo }) => ({ moved: await (await albums()).undoMove(undo) }),
  };
};
