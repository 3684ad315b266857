import { open, type FileHandle } from 'node:fs/promises';

/** `unsure`: its format does not tell where it ends. */
export type Wholeness = 'whole' | 'part' | 'unsure';

const TAIL = 65_536;
const PNG_END = Buffer.from([0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]);
const JPEG_END = Buffer.from([0xff, 0xd9]);

const read = async (file: FileHandle, at: number, length: number): Promise<Buffer> => {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
};

/** Whether a picture's file has come to the end that its own format gives it. Rejects when the file cannot be read. */
export const wholenessOf = async (path: string): Promise<Wholeness> => {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const head = await read(file, 0, 16);
    if (head.length < 16) return 'part';
    const tail = await read(file, Math.max(0, size - TAIL), Math.min(TAIL, size));
    return judge(head, tail, size);
  } finally {
    await file.close();
  }
};

const endsOn = (tail: Buffer, end: Buffer): Wholeness => (tail.subarray(-end.length).equals(end) ? 'whole' : tail.includes(end) ? 'unsure' : 'part');

const judge = (head: Buffer, tail: Buffer, size: number): Wholeness => {
  const text = head.toString('latin1');
  if (text.startsWith('\x89PNG')) return endsOn(tail, PNG_END);
  if (text.startsWith('\xff\xd8\xff')) return endsOn(tail, JPEG_END);
  if (text.startsWith('GIF8')) return tail.at(-1) === 0x3b ? 'whole' : 'unsure';
  if (text.startsWith('RIFF')) return size >= head.readUInt32LE(4) + 8 ? 'whole' : 'part';
  if (text.startsWith('BM')) return size >= head.readUInt32LE(2) ? 'whole' : 'part';
  // Room that was made for a file before its bytes came.
  return head.every((byte) => byte === 0) ? 'part' : 'unsure';
};
