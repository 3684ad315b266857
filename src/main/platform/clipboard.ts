import * as electron from 'electron';
import { createClipboardPort } from './clipboard-bodies';
import type { ClipboardPort } from './ports';

export const systemClipboard = (): ClipboardPort => {
  const { clipboard, nativeImage } = electron;
  const Item = electron.ClipboardItem as typeof electron.ClipboardItem | undefined;
  return createClipboardPort(clipboard, {
    platform: process.platform,
    imageOf: (bytes) => nativeImage.createFromBuffer(bytes),
    ...(Item === undefined ? {} : { item: (parts) => new Item(parts) }),
  });
};
