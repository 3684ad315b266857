import { fileURLToPath } from 'node:url';
import type { Clipboard } from 'electron';
import type { ClipboardPort } from './ports';

/** The clipboard of Electron 43 and older, as far as it is used. */
export type LegacyClipboard = {
  readImage(): { isEmpty(): boolean; toPNG(): Uint8Array };
  read(format: string): string;
  readBuffer(format: string): Uint8Array;
  readText(): string;
  writeText(text: string): void;
};

/** The clipboard since Electron 44, as far as it is used. */
export type ModernClipboard = Pick<Clipboard, 'read' | 'readText' | 'writeText'>;

const FILE_LISTS = ['text/uri-list', 'x-special/gnome-copied-files'] as const;
/** Finder's and Explorer's own formats for one copied file, as Electron 43 and older name them. */
const LEGACY_MAC_FILE = 'public.file-url';
const LEGACY_WINDOWS_FILE = 'FileNameW';
const PICTURES = ['image/png', 'image/jpeg'] as const;

/** The local paths of a list of addresses; comments, the word `copy` and foreign addresses are left out. */
export const pathsOfUriList = (list: string): readonly string[] =>
  list.split(/\r?\n|\0/).flatMap((line) => {
    if (!/^file:\/\//i.test(line)) return [];
    try {
      return [fileURLToPath(line.trim())];
    } catch {
      return [];
    }
  });

const legacyPort = (clipboard: LegacyClipboard): ClipboardPort => ({
  readFiles: async () => {
    for (const format of [...FILE_LISTS, LEGACY_MAC_FILE]) {
      const paths = pathsOfUriList(clipboard.read(format));
      if (paths.length > 0) return paths;
    }
    const explorer = clipboard.readBuffer(LEGACY_WINDOWS_FILE);
    const path = Buffer.from(explorer).toString('utf16le').replace(/\0.*$/s, '');
    return path === '' ? [] : [path];
  },
  readPng: async () => {
    const image = clipboard.readImage();
    return image.isEmpty() ? null : image.toPNG();
  },
  readText: async () => clipboard.readText(),
  writeText: async (text) => clipboard.writeText(text),
});

const modernPort = (clipboard: ModernClipboard): ClipboardPort => ({
  readFiles: async () => {
    for (const item of await clipboard.read()) {
      for (const format of FILE_LISTS.filter((name) => item.types.includes(name))) {
        const paths = pathsOfUriList(await ((await item.getType(format)) as Blob).text());
        if (paths.length > 0) return paths;
      }
    }
    return [];
  },
  readPng: async () => {
    for (const item of await clipboard.read()) {
      for (const type of PICTURES.filter((name) => item.types.includes(name))) {
        return new Uint8Array(await ((await item.getType(type)) as Blob).arrayBuffer());
      }
    }
    return null;
  },
  readText: () => clipboard.readText(),
  writeText: (text) => clipboard.writeText(text),
});

/** The port for whichever clipboard this Electron has: 44 rebuilt it, and took `readImage` away. */
export const createClipboardPort = (clipboard: LegacyClipboard | ModernClipboard): ClipboardPort =>
  'readImage' in clipboard && typeof clipboard.readImage === 'function'
    ? legacyPort(clipboard)
    : modernPort(clipboard as ModernClipboard);
