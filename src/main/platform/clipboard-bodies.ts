import { setImmediate as turn } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Clipboard } from 'electron';
import { systemNames } from './clipboard-names';
import type { ClipboardContent, ClipboardPort } from './ports';

/** The clipboard of Electron 43 and older, as far as it is used. */
export type LegacyClipboard<Image = unknown> = {
  availableFormats(): string[];
  readImage(): { isEmpty(): boolean; toPNG(): Uint8Array };
  read(format: string): string;
  readBuffer(format: string): Uint8Array;
  readHTML(): string;
  readText(): string;
  write(data: { text?: string; html?: string; image?: Image }): void;
  writeBuffer(format: string, buffer: Buffer): void;
  writeText(text: string): void;
};

/** The clipboard since Electron 44, as far as it is used. */
export type ModernClipboard = Pick<Clipboard, 'has' | 'read' | 'readText' | 'write' | 'writeText'>;

/** What the bodies need beside the clipboard itself. */
export type ClipboardParts = {
  readonly platform: NodeJS.Platform;
  /** Electron's `nativeImage.createFromBuffer`. */
  readonly imageOf: (bytes: Buffer) => unknown;
  /** The class of the windows of an X11 clipboard's owner. */
  readonly owner: () => Promise<string>;
  /** Electron's `ClipboardItem`, which is there since 44. */
  readonly item?: (parts: Record<string, Blob>) => Electron.ClipboardItem;
};

const URI_LIST = 'text/uri-list';
const GNOME_FILES = 'x-special/gnome-copied-files';
const FILE_LISTS = [URI_LIST, GNOME_FILES] as const;
/** Finder's and Explorer's own formats for copied files, as Electron 43 and older name them. Explorer's gives the first file only. */
const LEGACY_MAC_FILES = 'NSFilenamesPboardType';
const LEGACY_MAC_FILE = 'public.file-url';
const LEGACY_WINDOWS_FILE = 'FileNameW';

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

/** Finder's property list of paths. */
export const pathsOfPropertyList = (list: string): readonly string[] =>
  [...list.matchAll(/<string>([^<]*)<\/string>/g)].map(([, path = '']) =>
    path.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&'),
  );

const uriList = (paths: readonly string[]): string => paths.map((path) => `${pathToFileURL(path).href}\r\n`).join('');

/** What a program on a Mac says about itself, where it does (nspasteboard.org): its bundle's id. */
const MAC_SOURCE = 'org.nspasteboard.source';

/** The program's name without what stands before it in `org.gnome.Nautilus`. */
const programOf = (id: string): string => (/^([A-Za-z0-9_-]+\.){2,}[A-Za-z0-9_-]+$/.test(id) ? id.slice(id.lastIndexOf('.') + 1) : id);

const sourceOf = async ({ platform, owner }: ClipboardParts, raw: (format: string) => Promise<Uint8Array | null>): Promise<string> => {
  if (platform === 'linux') return programOf(await owner());
  return platform === 'darwin' ? programOf(Buffer.from((await raw(MAC_SOURCE)) ?? []).toString('utf8')) : '';
};

/** Each look waits for the program that owns the clipboard while nothing else can run: everything else has its turn in between. */
const inOwnTurn = async <T>(look: () => T): Promise<T> => {
  await turn();
  return look();
};

const legacyPort = (clipboard: LegacyClipboard, parts: ClipboardParts): ClipboardPort => {
  const { platform, imageOf } = parts;
  return {
    formats: () => inOwnTurn(() => clipboard.availableFormats()),
    readFiles: () => inOwnTurn(() => legacyFiles(clipboard, platform)),
    readRaw: async (mime) => {
      for (const name of systemNames(mime, platform)) {
        const bytes = await inOwnTurn(() => clipboard.readBuffer(name));
        if (bytes.length > 0) return bytes;
      }
      return null;
    },
    readPng: async () => {
      const image = await inOwnTurn(() => clipboard.readImage());
      return image.isEmpty() ? null : image.toPNG();
    },
    source: () => sourceOf(parts, async (format) => clipboard.readBuffer(format)),
    readHtml: () => inOwnTurn(() => clipboard.readHTML()),
    readText: () => inOwnTurn(() => clipboard.readText()),
    writeText: async (text) => clipboard.writeText(text),
    write: async ({ files, picture, html, text }) => {
      // Electron 43 and older write a format of another program alone only.
      if (files.length > 0) return clipboard.writeBuffer(URI_LIST, Buffer.from(uriList(files)));
      if (picture !== null && picture.mime !== 'image/png') return clipboard.writeBuffer(systemNames(picture.mime, platform)[0] ?? picture.mime, Buffer.from(picture.bytes));
      clipboard.write({ ...(text === '' ? {} : { text }), ...(html === '' ? {} : { html }), ...(picture === null ? {} : { image: imageOf(Buffer.from(picture.bytes)) }) });
    },
  };
};

const legacyFiles = (clipboard: LegacyClipboard, platform: NodeJS.Platform): readonly string[] => {
  if (platform === 'win32') {
    const path = Buffer.from(clipboard.readBuffer(LEGACY_WINDOWS_FILE)).toString('utf16le').replace(/\0.*$/s, '');
    return path === '' ? [] : [path];
  }
  if (platform === 'darwin') return several(pathsOfPropertyList(clipboard.read(LEGACY_MAC_FILES)), pathsOfUriList(clipboard.read(LEGACY_MAC_FILE)));
  for (const format of FILE_LISTS) {
    const paths = pathsOfUriList(clipboard.read(format));
    if (paths.length > 0) return paths;
  }
  return [];
};

const several = (many: readonly string[], one: readonly string[]): readonly string[] => (many.length > one.length ? many : one);

/** How Electron since 44 names a format that is no media type of its own list. */
const osFormat = (name: string): string => `electron application/osclipboard;format="${name}"`;

const modernPort = (clipboard: ModernClipboard, parts: ClipboardParts): ClipboardPort => {
  const { platform, item: itemOf } = parts;
  const blobOf = async (names: readonly string[]): Promise<Blob | null> => {
    for (const item of await clipboard.read()) {
      for (const name of names) {
        if (item.types.includes(name)) return (await item.getType(name)) as Blob;
      }
    }
    return null;
  };
  const raw = async (mime: string): Promise<Uint8Array | null> => {
    const blob = await blobOf([mime, ...systemNames(mime, platform).map(osFormat)]);
    return blob === null || blob.size === 0 ? null : new Uint8Array(await blob.arrayBuffer());
  };
  return {
    formats: async () => (await clipboard.read()).flatMap(({ types }) => types),
    readFiles: async () => {
      for (const format of FILE_LISTS) {
        const paths = pathsOfUriList((await (await blobOf([format, osFormat(format)]))?.text()) ?? '');
        if (paths.length > 0) return paths;
      }
      return [];
    },
    readRaw: raw,
    readPng: () => raw('image/png'),
    source: () => sourceOf(parts, raw),
    readHtml: async () => (await (await blobOf(['text/html']))?.text()) ?? '',
    readText: () => clipboard.readText(),
    writeText: (text) => clipboard.writeText(text),
    write: async (content) => {
      const parts = blobsOf(content);
      if (itemOf !== undefined && Object.keys(parts).length > 0) await clipboard.write([itemOf(parts)]);
    },
  };
};

const blobsOf = ({ files, picture, html, text }: ClipboardContent): Record<string, Blob> => ({
  ...(files.length === 0 ? {} : { [URI_LIST]: new Blob([uriList(files)], { type: URI_LIST }) }),
  ...(picture === null ? {} : { [picture.mime]: new Blob([Uint8Array.from(picture.bytes)], { type: picture.mime }) }),
  ...(html === '' ? {} : { 'text/html': new Blob([html], { type: 'text/html' }) }),
  ...(text === '' ? {} : { 'text/plain': new Blob([text], { type: 'text/plain' }) }),
});

/** The port for whichever clipboard this Electron has: 44 rebuilt it, and took `readImage` away. */
export const createClipboardPort = (clipboard: LegacyClipboard | ModernClipboard, parts: ClipboardParts): ClipboardPort =>
  'readImage' in clipboard && typeof clipboard.readImage === 'function'
    ? legacyPort(clipboard, parts)
    : modernPort(clipboard as ModernClipboard, parts);
