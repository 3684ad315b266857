import type { LazySync, SyncEngine } from './contract';
import type { SyncPorts } from './sync-ports';

/** Documents that are loaded and opened when first asked for, so that a start does not wait for them. */
export function createLazySync(ports: Omit<SyncPorts, 'texts'>): LazySync {
  let opening: Promise<SyncEngine> | undefined;
  const open = async (): Promise<SyncEngine> => {
    const [{ createSyncEngine }, { localTexts }] = await Promise.all([import('./sync-engine'), import('./local-texts')]);
    return createSyncEngine({ ...ports, texts: localTexts });
  };
  return {
    open: () => (opening ??= open()),
    async close() {
      await (await opening)?.close();
    },
  };
}
