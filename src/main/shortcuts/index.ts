export type { GlobalKeysPort, ShortcutsService } from './contract';
export { createShortcuts, type ShortcutsDeps } from './create-shortcuts';
