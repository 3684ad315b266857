import { clipboard } from 'electron';
import { createClipboardPort } from './clipboard-bodies';
import type { ClipboardPort } from './ports';

export const systemClipboard = (): ClipboardPort => createClipboardPort(clipboard);
