import type { SliceHandlers } from '../register';
import type { HandlerDeps } from './handler-deps';

export const accountsHandlers = (deps: HandlerDeps): SliceHandlers<'accounts'> => {
  const accounts = async () => (await deps.services()).accounts;
  return {
    'accounts:snapshot': async () => {
      const service = await accounts();
      return { rev: service.rev(), accounts: [...service.list()] };
    },
    'accounts:providers': async () => [...(await deps.services()).providers.descriptors()],
    'accounts:check-url': async ({ provider, url }) => (await deps.services()).providers.checkUrl(provider, url),
    'accounts:check-folder': async ({ folder }) => (await deps.services()).neighbours.judge(folder),
    'accounts:choose-folder': async () => ({ path: await deps.dialogs.chooseFolder() }),
    'accounts:neighbours': async () => ({ folders: [...(await (await deps.services()).neighbours.running())] }),
    'accounts:save': async (draft) => (await accounts()).save(draft),
    'accounts:test': async (subject) => (await accounts()).test(subject, deps.lifetime),
    'accounts:remove': async ({ id }) => {
      const services = await deps.services();
      services.accounts.remove(id);
      await services.sync.leave(id);
      return undefined;
    },
    'accounts:set-default': async ({ id }) => {
      (await accounts()).setDefault(id, true);
      return undefined;
    },
    'accounts:resume': async ({ id }) => {
      (await accounts()).resume(id);
      return undefined;
    },
    'accounts:albums': async ({ id }) => [...(await (await accounts()).albums(id, deps.lifetime))],
  };
};
