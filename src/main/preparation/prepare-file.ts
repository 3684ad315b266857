import { open, type FileHandle } from 'node:fs/promises';
import { HASH_AHEAD_LIMIT, type FileFacts, type PrepareFile } from '../queue';
import { dimensionsOf, HEAD_BYTES } from './dimensions';
import { asFileError, fileError } from './file-problems';
import { hashBytes, hashHandle, WHOLE_LIMIT } from './hash-file';
import { mediaTypeOf, partNameOf } from './media-type';

/**
 * Looks at a file before it is sent, without changing a byte: size, time, type by its content, dimensions, and the
 * digest unless it is so large that it is hashed on its way. Rejects with `PicferryError` kind `file`.
 */
export const createPrepareFile =
  (now: () => number): PrepareFile =>
  async ({ path, name }, signal) => {
    let handle: FileHandle | null = null;
    try {
      handle = await open(path, 'r');
      return await look(handle, name, signal, now);
    } catch (error) {
      if (signal.aborted) throw error;
      throw asFileError(error, name, now());
    } finally {
      await handle?.close();
    }
  };

async function look(handle: FileHandle, name: string, signal: AbortSignal, now: () => number): Promise<FileFacts> {
  const { size, mtimeMs, ...before } = await statOf(handle);
  if (before.isFolder) throw fileError('folder', name, now());
  if (!before.isFile) throw fileError('unreadable', name, now());
  if (size === 0) throw fileError('empty', name, now());
  const isSmall = size <= WHOLE_LIMIT;
  const head = Buffer.allocUnsafeSlow(isSmall ? size : HEAD_BYTES);
  if ((await readFully(handle, head)) < head.length) throw fileError('changed', name, now());
  signal.throwIfAborted();
  const type = await mediaTypeOf(name, head);
  const shown = type.kind === 'image' ? dimensionsOf(head) : null;
  const sha256 = isSmall ? await hashBytes(head) : size > HASH_AHEAD_LIMIT ? null : await hashHandle(handle, signal);
  const after = await statOf(handle);
  if (after.size !== size || after.mtimeMs !== mtimeMs) throw fileError('changed', name, now());
  return {
    partName: partNameOf(name, type),
    kind: type.kind,
    mime: type.mime,
    bytes: size,
    modifiedMs: mtimeMs,
    sha256,
    width: shown?.width ?? null,
    height: shown?.height ?? null,
  };
}

async function statOf(handle: FileHandle) {
  const stat = await handle.stat();
  return { size: stat.size, mtimeMs: stat.mtimeMs, isFile: stat.isFile(), isFolder: stat.isDirectory() };
}

/** How many bytes were read: fewer than asked for only at the file's end. */
async function readFully(handle: FileHandle, into: Buffer): Promise<number> {
  let filled = 0;
  while (filled < into.length) {
    const { bytesRead } = await handle.read(into, filled, into.length - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}
