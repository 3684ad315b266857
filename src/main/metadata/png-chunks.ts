import { crc32 } from './crc32';

export type PngChunk = { readonly type: string; readonly body: Buffer };

/** The chunks of a PNG that is in memory, up to its end; null where they do not come out even, or one is damaged that pixels are made of. */
export function pngChunks(file: Buffer): readonly PngChunk[] | null {
  const chunks: PngChunk[] = [];
  for (let at = 8; at + 12 <= file.length; ) {
    const length = file.readUInt32BE(at);
    const end = at + 12 + length;
    if (end > file.length) return null;
    const type = file.toString('latin1', at + 4, at + 8);
    if (/^[A-Z]/.test(type) && file.readUInt32BE(end - 4) !== crc32(file.subarray(at + 4, end - 4))) return null;
    chunks.push({ type, body: file.subarray(at + 8, end - 4) });
    if (type === 'IEND') return chunks;
    at = end;
  }
  return null;
}

/** A chunk with its length and check sum. */
export function pngChunk(type: string, body: Buffer): Buffer {
  const made = Buffer.alloc(12 + body.length);
  made.writeUInt32BE(body.length, 0);
  made.write(type, 4, 'latin1');
  body.copy(made, 8);
  made.writeUInt32BE(crc32(made.subarray(4, 8 + body.length)), 8 + body.length);
  return made;
}
