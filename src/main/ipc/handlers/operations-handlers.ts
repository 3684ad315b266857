import type { SliceHandlers } from '../register';
import type { HandlerDeps } from './handler-deps';

export const operationsHandlers = (deps: HandlerDeps): SliceHandlers<'operations'> => {
  const operations = async () => (await deps.services()).operations;
  return {
    'operations:snapshot': async () => {
      const service = await operations();
      return { rev: service.rev(), operations: [...service.list()] };
    },
    'operations:delete': async ({ selection, undoMs }) => (await operations()).delete(selection, undoMs),
    'operations:check-links': async ({ selection }) => (await operations()).checkLinks(selection),
    'operations:import-remote': async ({ accountId }) => (await operations()).importRemote(accountId),
    'operations:cancel': async ({ id }) => {
      (await operations()).cancel(id);
      return undefined;
    },
    'operations:begin': async ({ id }) => {
      (await operations()).begin(id);
      return undefined;
    },
    'operations:retry': async ({ id }) => (await operations()).retry(id),
    'operations:dismiss': async ({ id }) => {
      (await operations()).dismiss(id);
      return undefined;
    },
    'operations:items': async ({ id, offset, limit, outcomes }) => {
      const { items, total } = (await operations()).items(id, offset, limit, outcomes);
      return { items: [...items], total };
    },
  };
};
