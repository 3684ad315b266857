import type { SliceHandlers } from '../register';
import type { HandlerDeps } from './handler-deps';

export const apiHandlers = ({ services, dialogs }: HandlerDeps): SliceHandlers<'api'> => {
  const api = async () => (await services()).localApi;
  return {
    'api:snapshot': async () => {
      const service = await api();
      return { rev: service.rev(), api: service.state() };
    },
    'api:retry': async () => {
      (await api()).retry();
      return undefined;
    },
    'api:add-token': async ({ name, scopes }) => (await api()).addToken(name, scopes),
    'api:remove-token': async ({ id }) => {
      (await api()).removeToken(id);
      return undefined;
    },
    'api:choose-folder': async () => ({ path: await dialogs.chooseFolder() }),
  };
};
