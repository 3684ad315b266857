/**
 * As much of D-Bus's wire format (D-Bus specification, "Message Protocol") as asking for the owner of a name takes:
 * little-endian messages whose bodies are strings and booleans.
 */

const METHOD_CALL = 1;
const SIGNAL = 4;
const FIELD = { path: 1, interface: 2, member: 3, replySerial: 5, destination: 6, signature: 8 } as const;
const LONGEST = 128 * 1024 * 1024;

export type BusCall = { readonly member: string; readonly args: readonly string[] };

export type BusMessage = {
  readonly isSignal: boolean;
  readonly member: string | null;
  readonly replySerial: number | null;
  /** Strings of a body made of strings alone; else empty. */
  readonly strings: readonly string[];
  /** A body that is one boolean; else null. */
  readonly flag: boolean | null;
};

const pad = (bytes: number[], to: number): void => {
  while (bytes.length % to !== 0) bytes.push(0);
};
const putUint = (bytes: number[], value: number): void => {
  pad(bytes, 4);
  bytes.push(value & 255, (value >> 8) & 255, (value >> 16) & 255, (value >> 24) & 255);
};
const putString = (bytes: number[], text: string): void => {
  const utf8 = Buffer.from(text, 'utf8');
  putUint(bytes, utf8.length);
  bytes.push(...utf8, 0);
};
const putSignature = (bytes: number[], signature: string): void => {
  bytes.push(signature.length, ...Buffer.from(signature, 'latin1'), 0);
};
const putField = (bytes: number[], code: number, signature: 's' | 'o' | 'g', value: string): void => {
  pad(bytes, 8);
  bytes.push(code);
  putSignature(bytes, signature);
  if (signature === 'g') putSignature(bytes, value);
  else putString(bytes, value);
};

/** A call of the bus itself with strings as arguments. */
export const encodeBusCall = (serial: number, { member, args }: BusCall): Buffer => {
  const body: number[] = [];
  for (const arg of args) putString(body, arg);
  const fields: number[] = [];
  putField(fields, FIELD.path, 'o', '/org/freedesktop/DBus');
  putField(fields, FIELD.destination, 's', 'org.freedesktop.DBus');
  putField(fields, FIELD.interface, 's', 'org.freedesktop.DBus');
  putField(fields, FIELD.member, 's', member);
  if (args.length > 0) putField(fields, FIELD.signature, 'g', 's'.repeat(args.length));
  const head: number[] = ['l'.charCodeAt(0), METHOD_CALL, 0, 1];
  putUint(head, body.length);
  putUint(head, serial);
  putUint(head, fields.length);
  // The fields' own alignment counts from the message's start, and they begin at its byte 16.
  head.push(...fields);
  pad(head, 8);
  return Buffer.from([...head, ...body]);
};

const aligned = (at: number, to: number): number => Math.ceil(at / to) * to;

const readString = (bytes: Buffer, from: number): readonly [string, number] => {
  const at = aligned(from, 4);
  const length = bytes.readUInt32LE(at);
  return [bytes.toString('utf8', at + 4, at + 4 + length), at + 4 + length + 1];
};
const readSignature = (bytes: Buffer, at: number): readonly [string, number] => {
  const length = bytes.readUInt8(at);
  return [bytes.toString('latin1', at + 1, at + 1 + length), at + 1 + length + 1];
};

const readFields = (bytes: Buffer, end: number): ReadonlyMap<number, string | number> => {
  const fields = new Map<number, string | number>();
  for (let at = 16; at < end; ) {
    at = aligned(at, 8);
    const code = bytes.readUInt8(at);
    const [signature, valueAt] = readSignature(bytes, at + 1);
    if (signature === 'g') {
      const [value, next] = readSignature(bytes, valueAt);
      fields.set(code, value);
      at = next;
    } else if (signature === 'u') {
      fields.set(code, bytes.readUInt32LE(aligned(valueAt, 4)));
      at = aligned(valueAt, 4) + 4;
    } else {
      const [value, next] = readString(bytes, valueAt);
      fields.set(code, value);
      at = next;
    }
  }
  return fields;
};

const readStrings = (body: Buffer, count: number): readonly string[] => {
  const found: string[] = [];
  for (let at = 0; found.length < count; ) {
    const [text, next] = readString(body, at);
    found.push(text);
    at = next;
  }
  return found;
};

/** Takes the first whole message off `bytes`; null while it is not all there. Throws for what is no message. */
export const decodeBusMessage = (bytes: Buffer): { readonly message: BusMessage; readonly rest: Buffer } | null => {
  if (bytes.length < 16) return null;
  if (bytes.readUInt8(0) !== 'l'.charCodeAt(0)) throw new RangeError('the bus speaks in another byte order');
  const fieldsEnd = 16 + bytes.readUInt32LE(12);
  const bodyAt = aligned(fieldsEnd, 8);
  const end = bodyAt + bytes.readUInt32LE(4);
  if (end > LONGEST) throw new RangeError('the bus sent a message longer than allowed');
  if (bytes.length < end) return null;
  const fields = readFields(bytes, fieldsEnd);
  const signature = String(fields.get(FIELD.signature) ?? '');
  const body = bytes.subarray(bodyAt, end);
  const member = fields.get(FIELD.member);
  const replySerial = fields.get(FIELD.replySerial);
  return {
    message: {
      isSignal: bytes.readUInt8(1) === SIGNAL,
      member: typeof member === 'string' ? member : null,
      replySerial: typeof replySerial === 'number' ? replySerial : null,
      strings: /^s+$/.test(signature) ? readStrings(body, signature.length) : [],
      flag: signature === 'b' ? body.readUInt32LE(0) !== 0 : null,
    },
    rest: bytes.subarray(end),
  };
};
