import { readClipboardInputs } from '../../clipboard';
import type { AppParts } from '../app-parts';
import type { Loaded } from '../load-services';

/** Opens the local API while the settings want it, with the clipboard that only the window's process has. */
export const startLocalApi = ({ clipboard }: AppParts, { intake, services: { localApi } }: Loaded): void => {
  localApi.useClipboard((signal) => readClipboardInputs(clipboard, intake, signal, Date.now));
  localApi.followSettings();
};
