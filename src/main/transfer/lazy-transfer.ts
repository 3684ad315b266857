import type { TransferService } from './contract';
import type { TransferDeps } from './transfer-deps';

/** `createTransfer` that loads what reads and writes files at the first call, so that a start does not wait for it. */
export function createLazyTransfer(deps: TransferDeps): TransferService {
  let made: TransferService | undefined;
  let loading: Promise<TransferService> | undefined;
  const load = async (): Promise<TransferService> => (made = (await import('./transfer-service')).createTransfer(deps));
  const loaded = (): Promise<TransferService> => (loading ??= load());
  return {
    exportTo: async (path, passphrase) => (await loaded()).exportTo(path, passphrase),
    exportList: async (path, selection, as) => (await loaded()).exportList(path, selection, as),
    look: async (path, passphrase) => (await loaded()).look(path, passphrase),
    // What was never looked at has no path.
    pathOf: (id) => made?.pathOf(id) ?? null,
    import: async (id, passphrase, choice) => (await loaded()).import(id, passphrase, choice),
    backups: async () => (await loaded()).backups(),
    backUpNow: async () => (await loaded()).backUpNow(),
    prepareRestore: async (name) => (await loaded()).prepareRestore(name),
  };
}
