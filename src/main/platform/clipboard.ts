import { clipboard, ClipboardItem, nativeImage } from 'electron';
import { createClipboardPort } from './clipboard-bodies';
import type { ClipboardPort } from './ports';
import { selectionOwner } from './selection-owner';

export const systemClipboard = (): ClipboardPort => {
  // Electron 43 and older have none.
  const Item = ClipboardItem as typeof ClipboardItem | undefined;
  return createClipboardPort(clipboard, {
    platform: process.platform,
    owner: selectionOwner,
    imageOf: (bytes) => nativeImage.createFromBuffer(bytes),
    ...(Item === undefined ? {} : { item: (parts) => new Item(parts) }),
  });
};
