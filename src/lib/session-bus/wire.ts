/**
 * D-Bus's wire format (D-Bus specification, "Type system" and "Message protocol"): values by their signature, messages in
 * little-endian byte order. Signatures may hold y b n q i u x t d s o g v, arrays, structs and dictionaries.
 */

/** A value and its type, where a signature says `v`. */
export type Variant = { readonly signature: string; readonly value: BusValue };
/** Numbers but for `x` and `t`, which are bigints; `ay` is bytes; structs and arrays are lists; dictionaries are lists of pairs. */
export type BusValue = string | number | bigint | boolean | Uint8Array | Variant | readonly BusValue[];

export const MESSAGE = { call: 1, answer: 2, error: 3, signal: 4 } as const;

export type BusMessage = {
  readonly type: number;
  readonly serial: number;
  readonly path?: string;
  readonly interface?: string;
  readonly member?: string;
  readonly errorName?: string;
  readonly replySerial?: number;
  readonly destination?: string;
  readonly sender?: string;
  readonly signature: string;
  readonly body: readonly BusValue[];
};

const FIELDS = { path: 1, interface: 2, member: 3, errorName: 4, replySerial: 5, destination: 6, sender: 7, signature: 8 } as const;
const FIELD_TYPES = { path: 'o', interface: 's', member: 's', errorName: 's', replySerial: 'u', destination: 's', sender: 's', signature: 'g' } as const;
const ALIGNMENT: Readonly<Record<string, number>> = { y: 1, g: 1, v: 1, n: 2, q: 2, x: 8, t: 8, d: 8, '(': 8, '{': 8 };
/** The specification's own bound for a message. */
const LONGEST = 128 * 1024 * 1024;
const DEEPEST = 32;

const alignmentOf = (type: string): number => ALIGNMENT[type[0] ?? ''] ?? 4;
const aligned = (at: number, to: number): number => Math.ceil(at / to) * to;

/** The complete types that a signature is made of. */
export const typesOf = (signature: string): readonly string[] => {
  const types: string[] = [];
  for (let at = 0; at < signature.length; ) {
    const end = endOfType(signature, at, 0);
    types.push(signature.slice(at, end));
    at = end;
  }
  return types;
};

const endOfType = (signature: string, at: number, depth: number): number => {
  if (depth > DEEPEST) throw new RangeError('a signature is nested too deep');
  const first = signature[at];
  if (first === 'a') return endOfType(signature, at + 1, depth + 1);
  if (first !== '(' && first !== '{') {
    if (first === undefined || !'ybnqiuxtdsogv'.includes(first)) throw new RangeError(`no type begins at ${at} of the signature ${signature}`);
    return at + 1;
  }
  const close = first === '(' ? ')' : '}';
  let end = at + 1;
  while (signature[end] !== close) end = endOfType(signature, end, depth + 1);
  return end + 1;
};

const inner = (type: string): readonly string[] => typesOf(type.slice(1, -1));

type Writer = { readonly chunks: Buffer[]; length: number };

const put = (out: Writer, bytes: Uint8Array): void => {
  out.chunks.push(Buffer.from(bytes));
  out.length += bytes.length;
};
const padTo = (out: Writer, to: number): void => {
  const missing = aligned(out.length, to) - out.length;
  if (missing > 0) put(out, Buffer.alloc(missing));
};
const number = (bytes: number, write: (buffer: Buffer) => void): Buffer => {
  const buffer = Buffer.alloc(bytes);
  write(buffer);
  return buffer;
};
const wrong = (type: string): never => {
  throw new TypeError(`a value does not fit the type ${type}`);
};

const writeNumber = (out: Writer, type: string, value: BusValue): void => {
  if (type === 'x' || type === 't') {
    if (typeof value !== 'bigint') return wrong(type);
    return put(out, number(8, (buffer) => (type === 'x' ? buffer.writeBigInt64LE(value) : buffer.writeBigUInt64LE(value))));
  }
  const plain = typeof value === 'boolean' && type === 'b' ? Number(value) : value;
  if (typeof plain !== 'number') return wrong(type);
  const writers: Readonly<Record<string, () => Buffer>> = {
    y: () => number(1, (buffer) => buffer.writeUInt8(plain)),
    n: () => number(2, (buffer) => buffer.writeInt16LE(plain)),
    q: () => number(2, (buffer) => buffer.writeUInt16LE(plain)),
    i: () => number(4, (buffer) => buffer.writeInt32LE(plain)),
    u: () => number(4, (buffer) => buffer.writeUInt32LE(plain)),
    b: () => number(4, (buffer) => buffer.writeUInt32LE(plain)),
    d: () => number(8, (buffer) => buffer.writeDoubleLE(plain)),
  };
  put(out, writers[type]?.() ?? wrong(type));
};

const writeText = (out: Writer, type: string, value: BusValue): void => {
  if (typeof value !== 'string') return wrong(type);
  // The wire ends texts with a zero, and takes no half characters.
  const bytes = Buffer.from(value.replaceAll('\0', ''), 'utf8');
  put(out, number(type === 'g' ? 1 : 4, (buffer) => (type === 'g' ? buffer.writeUInt8(bytes.length) : buffer.writeUInt32LE(bytes.length))));
  put(out, bytes);
  put(out, Buffer.alloc(1));
};

const writeArray = (out: Writer, type: string, value: BusValue): void => {
  const element = type.slice(1);
  const content: Writer = { chunks: [], length: 0 };
  padTo(out, 4);
  const start = aligned(out.length + 4, alignmentOf(element));
  // Elements are aligned by their place in the message, so the content is written as if it began there.
  content.length = start;
  if (element === 'y' && value instanceof Uint8Array) put(content, value);
  else if (Array.isArray(value)) for (const one of value as readonly BusValue[]) writeValue(content, element, one);
  else wrong(type);
  put(out, number(4, (buffer) => buffer.writeUInt32LE(content.length - start)));
  padTo(out, alignmentOf(element));
  for (const chunk of content.chunks) put(out, chunk);
};

const isVariant = (value: BusValue): value is Variant => typeof value === 'object' && 'signature' in value;

const writeValue = (out: Writer, type: string, value: BusValue): void => {
  padTo(out, alignmentOf(type));
  switch (type[0]) {
    case 's':
    case 'o':
    case 'g':
      return writeText(out, type, value);
    case 'v':
      if (!isVariant(value)) return wrong(type);
      writeText(out, 'g', value.signature);
      return writeValue(out, value.signature, value.value);
    case 'a':
      return writeArray(out, type, value);
    case '(':
    case '{': {
      if (!Array.isArray(value)) return wrong(type);
      const types = inner(type);
      if (types.length !== value.length) return wrong(type);
      return types.forEach((one, index) => writeValue(out, one, (value as readonly BusValue[])[index] ?? ''));
    }
    default:
      writeNumber(out, type, value);
  }
};

/** Writes values one after another. Throws `TypeError` where one does not fit its type. */
export const encodeValues = (signature: string, values: readonly BusValue[]): Buffer => {
  const out: Writer = { chunks: [], length: 0 };
  typesOf(signature).forEach((type, index) => writeValue(out, type, values[index] ?? wrong(type)));
  return Buffer.concat(out.chunks);
};

type Reader = { readonly bytes: Buffer; at: number };

const take = (from: Reader, length: number): number => {
  const at = from.at;
  if (length < 0 || at + length > from.bytes.length) throw new RangeError('a value is cut off');
  from.at += length;
  return at;
};

const readNumber = (from: Reader, type: string): BusValue => {
  const { bytes } = from;
  switch (type) {
    case 'y':
      return bytes.readUInt8(take(from, 1));
    case 'n':
      return bytes.readInt16LE(take(from, 2));
    case 'q':
      return bytes.readUInt16LE(take(from, 2));
    case 'i':
      return bytes.readInt32LE(take(from, 4));
    case 'u':
      return bytes.readUInt32LE(take(from, 4));
    case 'b':
      return bytes.readUInt32LE(take(from, 4)) !== 0;
    case 'x':
      return bytes.readBigInt64LE(take(from, 8));
    case 't':
      return bytes.readBigUInt64LE(take(from, 8));
    case 'd':
      return bytes.readDoubleLE(take(from, 8));
    default:
      return wrong(type);
  }
};

const readText = (from: Reader, type: string): string => {
  const length = type === 'g' ? from.bytes.readUInt8(take(from, 1)) : from.bytes.readUInt32LE(take(from, 4));
  const at = take(from, length + 1);
  return from.bytes.toString('utf8', at, at + length);
};

const readValue = (from: Reader, type: string, depth: number): BusValue => {
  if (depth > DEEPEST) throw new RangeError('a value is nested too deep');
  from.at = aligned(from.at, alignmentOf(type));
  switch (type[0]) {
    case 's':
    case 'o':
    case 'g':
      return readText(from, type);
    case 'v': {
      const signature = readText(from, 'g');
      return { signature, value: readValue(from, typesOf(signature)[0] ?? wrong('v'), depth + 1) };
    }
    case 'a': {
      const element = type.slice(1);
      const length = from.bytes.readUInt32LE(take(from, 4));
      from.at = aligned(from.at, alignmentOf(element));
      const end = from.at + length;
      if (end > from.bytes.length) throw new RangeError('a list is cut off');
      if (element === 'y') return Uint8Array.from(from.bytes.subarray(take(from, length), end));
      const list: BusValue[] = [];
      while (from.at < end) list.push(readValue(from, element, depth + 1));
      return list;
    }
    case '(':
    case '{':
      return inner(type).map((one) => readValue(from, one, depth + 1));
    default:
      return readNumber(from, type);
  }
};

/** Reads values one after another. Throws `RangeError` where bytes are missing or make no sense. */
export const decodeValues = (signature: string, bytes: Buffer): readonly BusValue[] => {
  const from: Reader = { bytes, at: 0 };
  return typesOf(signature).map((type) => readValue(from, type, 0));
};

const HEADER = 'yyyyuua(yv)';

export const encodeMessage = (message: BusMessage): Buffer => {
  const body = encodeValues(message.signature, message.body);
  const fields = Object.entries(FIELDS).flatMap(([name, code]): readonly BusValue[] => {
    const value = message[name as keyof typeof FIELDS];
    return value === undefined || value === '' ? [] : [[code, { signature: FIELD_TYPES[name as keyof typeof FIELDS], value }]];
  });
  const head = encodeValues(HEADER, ['l'.charCodeAt(0), message.type, 0, 1, body.length, message.serial, fields]);
  return Buffer.concat([head, Buffer.alloc(aligned(head.length, 8) - head.length), body]);
};

/** Takes the first whole message off `bytes`; null while it is not all there. Throws `RangeError` for what is no message. */
export const decodeMessage = (bytes: Buffer): { readonly message: BusMessage; readonly rest: Buffer } | null => {
  if (bytes.length < 16) return null;
  if (bytes.readUInt8(0) !== 'l'.charCodeAt(0)) throw new RangeError('the bus speaks in another byte order');
  const bodyAt = aligned(16 + bytes.readUInt32LE(12), 8);
  const end = bodyAt + bytes.readUInt32LE(4);
  if (end > LONGEST) throw new RangeError('a message is longer than allowed');
  if (bytes.length < end) return null;
  const [, type, , , , serial, fields] = decodeValues(HEADER, bytes.subarray(0, bodyAt));
  const known = Object.fromEntries(
    (fields as readonly (readonly [number, Variant])[]).flatMap(([code, { value }]) => Object.entries(FIELDS).flatMap(([name, number]) => (number === code ? [[name, value]] : []))),
  ) as Partial<BusMessage>;
  const signature = known.signature ?? '';
  return {
    message: { ...known, type: type as number, serial: serial as number, signature, body: decodeValues(signature, bytes.subarray(bodyAt, end)) },
    rest: bytes.subarray(end),
  };
};
