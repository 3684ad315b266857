import { globalShortcut } from 'electron';
import type { GlobalKeysPort } from '../shortcuts';
import { createGlobalKeys, keySupport } from './global-keys-bodies';

/** The global keys of this desktop; only after Electron is ready. */
export const systemGlobalKeys = (): GlobalKeysPort => createGlobalKeys(globalShortcut, keySupport(process.platform, process.env, process.versions.electron ?? ''));
