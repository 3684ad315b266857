import { createHash } from 'node:crypto';
import type { ClipboardContent, ClipboardPort } from '../platform';
import { readPicture, type ClipboardPicture } from './read-picture';

/** What was on the clipboard before Picferry wrote to it. */
export interface PreviousClipboard {
  available(): boolean;
  /** Told when that is another. */
  onChange(listener: () => void): () => void;
  /** Puts it back as far as the system takes it; nothing happens when there is none. */
  restore(): Promise<void>;
}

/** The one way by which Picferry writes to the clipboard: it knows what it wrote, and what was there before. */
export interface OwnClipboard extends ClipboardPort {
  readonly previous: PreviousClipboard;
  /** `readPicture`; what it gave is not looked for a second time when a link takes its place soon after. */
  readPicture(): Promise<ClipboardPicture | null>;
  /** Whether a picture's mark is of one that Picferry put there itself. */
  isOwn(mark: string): boolean;
}

/** More is not held in memory only to be put back. */
const MAX_HELD = 64 * 1024 * 1024;

/** A picture that only decoding gives is taken for the one that lies there still for so long, while the same formats are offered. */
const ENCODED_MS = 2000;

type Seen = { readonly picture: ClipboardPicture; readonly formats: string; readonly at: number };

export type OwnClipboardDeps = {
  readonly port: ClipboardPort;
  /** Hears why the clipboard's earlier content could not be read; what is written is written all the same. */
  readonly onFault: (error: unknown) => void;
  readonly now: () => number;
};

/**
 * A mark of the picture that the clipboard holds, told by its raw bytes, or null without one. `formats` is what it offers;
 * nothing is decoded.
 */
export const pictureMark = async (clipboard: Pick<ClipboardPort, 'readRaw' | 'readPng'>, formats: readonly string[]): Promise<string | null> => {
  const types = formats.filter((format) => format.startsWith('image/'));
  for (const type of types) {
    const bytes = await clipboard.readRaw(type);
    if (bytes !== null) return markOf(bytes);
  }
  const encoded = types.length === 0 ? null : await clipboard.readPng();
  return encoded === null ? null : markOf(encoded);
};

const markOf = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('base64');

export const createOwnClipboard = ({ port, onFault, now }: OwnClipboardDeps): OwnClipboard => {
  let ownText: string | null = null;
  let ownMark: string | null = null;
  let earlier: ClipboardContent | null = null;
  const listeners = new Set<() => void>();
  let seen: Seen | null = null;
  let last: Promise<unknown> = Promise.resolve();
  /** One writing after the other: each finds what the one before has left. */
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const turn = last.then(act, act);
    last = turn;
    return turn;
  };

  const keep = (content: ClipboardContent | null): void => {
    const another = (content === null) !== (earlier === null);
    earlier = content;
    if (another) listeners.forEach((listener) => listener());
  };
  const look = async (): Promise<ClipboardPicture | null> => {
    const formats = (await port.formats()).join();
    const picture = await readPicture(port);
    seen = picture === null || picture.bytes.length > MAX_HELD ? null : { picture, formats, at: now() };
    return picture;
  };
  /** The picture that was read last, if it lies there still: its own bytes tell, where they can be had. */
  const stillThere = async (formats: readonly string[]): Promise<ClipboardPicture | null> => {
    const before = seen;
    seen = null;
    if (before === null || before.formats !== formats.join()) return null;
    const raw = await port.readRaw(before.picture.mime);
    const same = raw === null ? now() - before.at < ENCODED_MS : Buffer.compare(raw, before.picture.bytes) === 0;
    return same ? before.picture : null;
  };
  const remember = async (): Promise<void> => {
    try {
      const found = await contentOf(port, stillThere);
      if (found === null || (found.text === ownText && found.picture === null && found.files.length === 0)) return;
      keep(found);
    } catch (error) {
      onFault(error);
    }
  };
  const writeText = (text: string): Promise<void> =>
    inTurn(async () => {
      await remember();
      await port.writeText(text);
      ownText = text;
    });
  const write = async (content: ClipboardContent): Promise<void> => {
    await port.write(content);
    ownText = content.text === '' ? null : content.text;
    ownMark = content.picture === null ? null : await pictureMark(port, await port.formats());
  };
  return {
    ...port,
    readPicture: look,
    writeText,
    write: (content) =>
      inTurn(async () => {
        await remember();
        await write(content);
      }),
    isOwn: (mark) => mark === ownMark,
    previous: {
      available: () => earlier !== null,
      onChange: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      restore: () =>
        inTurn(async () => {
          if (earlier === null) return;
          await write(earlier);
          keep(null);
        }),
    },
  };
};

/** All that can be put back later; null when there is nothing, or too much. `known` gives a picture that need not be read. */
const contentOf = async (port: ClipboardPort, known: (formats: readonly string[]) => Promise<ClipboardPicture | null>): Promise<ClipboardContent | null> => {
  const formats = await port.formats();
  const there = await known(formats);
  const files = there === null ? await port.readFiles() : [];
  const picture = there ?? (files.length > 0 ? null : await readPicture(port));
  const html = formats.includes('text/html') ? await port.readHtml() : '';
  const text = await port.readText();
  const empty = files.length === 0 && picture === null && html === '' && text === '';
  return empty || (picture?.bytes.length ?? 0) + html.length + text.length > MAX_HELD ? null : { files, picture, html, text };
};
