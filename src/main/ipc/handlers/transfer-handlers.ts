import { PicferryError, problemOf } from '../../../lib/picferry-error';
import type { SliceHandlers } from '../register';
import type { HandlerDeps } from './handler-deps';

export const transferHandlers = (deps: HandlerDeps): SliceHandlers<'transfer'> => {
  const transfer = async () => (await deps.services()).transfer;
  const day = (): string => new Date(deps.now()).toISOString().slice(0, 10);
  const newFile = (extension: string): Promise<string | null> => deps.dialogs.chooseNewFile({ name: `Picferry ${day()}`, extension });
  const lookedAt = async (id: string): Promise<string> => {
    const path = (await transfer()).pathOf(id);
    if (path !== null) return path;
    throw new PicferryError(problemOf({ kind: 'not_found', sub: 'importGone', message: 'importGone' }, deps.now()));
  };
  return {
    'transfer:export': async ({ passphrase }) => {
      const path = await newFile('picferry');
      return path === null ? null : { path, ...(await (await transfer()).exportTo(path, passphrase)) };
    },
    'transfer:export-list': async ({ selection, as }) => {
      const path = await newFile(as === 'csv' ? 'csv' : 'md');
      return path === null ? null : { path, ...(await (await transfer()).exportList(path, selection, as)) };
    },
    'transfer:choose-import': async () => {
      const path = await deps.dialogs.chooseImport();
      return path === null ? null : { path };
    },
    'transfer:look': async ({ path, passphrase, again }) => {
      const chosen = again === undefined ? (path ?? (await deps.dialogs.chooseImport())) : await lookedAt(again);
      return chosen === null ? null : (await transfer()).look(chosen, passphrase);
    },
    'transfer:import': async ({ id, passphrase, ...choice }) => (await transfer()).import(id, passphrase, choice),
    'transfer:backups': async () => [...(await (await transfer()).backups())],
    'transfer:back-up-now': async () => (await transfer()).backUpNow(),
    'transfer:restore': async ({ name }) => {
      await (await transfer()).prepareRestore(name);
      deps.restart();
      return undefined;
    },
  };
};
