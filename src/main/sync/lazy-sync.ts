import type { LazySync, SyncService } from './contract';
import type { SyncPorts } from './sync-ports';

/** Documents that are loaded and opened when first asked for, so that a start does not wait for them. */
export function createLazySync(ports: Omit<SyncPorts, 'texts'>): LazySync {
  let opening: Promise<SyncService> | undefined;
  const open = async (): Promise<SyncService> => {
    const [{ createSync }, { localTexts }] = await Promise.all([import('./sync-service'), import('./local-texts')]);
    return createSync({ ...ports, texts: localTexts });
  };
  return {
    open: () => (opening ??= open()),
    async close() {
      await (await opening)?.close();
    },
  };
}
