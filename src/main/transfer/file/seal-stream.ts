import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import type { Seal } from './lines';

/** The text behind a sealed file's header is sealed in pieces of this many bytes. */
const PIECE = 64 * 1024;
const TAG = 16;
const LENGTH = 4;

/** What opens or seals a file's pieces. `context` binds them to the header before them. */
export type SealKey = { readonly key: Buffer; readonly nonce: Buffer; readonly context: Buffer };

/** Makes the parameters for a new file and the key that belongs to them. */
export async function newSeal(passphrase: string, n: number): Promise<{ readonly seal: Seal; readonly key: Buffer }> {
  const seal = { kdf: 'scrypt', n, r: 8, p: 1, salt: randomBytes(16).toString('hex'), cipher: 'aes-256-gcm-stream', nonce: randomBytes(7).toString('hex') } as const;
  const key = await derive(passphrase, seal);
  return { seal: { ...seal, check: checkOf(key).toString('hex') }, key };
}

/** The key for a file, or null when the passphrase is another. */
export async function keyFor(passphrase: string, seal: Seal): Promise<Buffer | null> {
  const key = await derive(passphrase, seal);
  return timingSafeEqual(checkOf(key), Buffer.from(seal.check, 'hex')) ? key : null;
}

/** What is sealed belongs to these very bytes of the header. */
export const contextOf = (headerLine: string): Buffer => createHash('sha256').update(headerLine).digest();

const checkOf = (key: Buffer): Buffer => createHmac('sha256', key).update('picferry passphrase check').digest().subarray(0, 16);

const derive = (passphrase: string, { n, r, p, salt }: Pick<Seal, 'n' | 'r' | 'p' | 'salt'>): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    // The same letters can be typed in more than one way.
    scrypt(passphrase.normalize('NFKC'), Buffer.from(salt, 'hex'), 32, { N: n, r, p, maxmem: 160 * n * r + 1024 * 1024 }, (error, key) => (error === null ? resolve(key) : reject(error)));
  });

/** Seven random bytes, the piece's number, and whether it is the last: pieces cannot be swapped, doubled or left out at the end. */
function nonceOf({ nonce }: SealKey, index: number, last: boolean): Buffer {
  const whole = Buffer.alloc(12);
  nonce.copy(whole);
  whole.writeUInt32BE(index, 7);
  whole[11] = last ? 1 : 0;
  return whole;
}

function sealPiece(by: SealKey, index: number, last: boolean, plain: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', by.key, nonceOf(by, index, last), { authTagLength: TAG });
  cipher.setAAD(by.context);
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  const length = Buffer.alloc(LENGTH);
  length.writeUInt32BE(body.byteLength + TAG);
  return Buffer.concat([length, body, cipher.getAuthTag()]);
}

/** The plain piece, or null when it is not what was sealed there. */
function openPiece(by: SealKey, index: number, last: boolean, sealed: Buffer): Buffer | null {
  if (sealed.byteLength < TAG) return null;
  const decipher = createDecipheriv('aes-256-gcm', by.key, nonceOf(by, index, last), { authTagLength: TAG });
  decipher.setAAD(by.context);
  decipher.setAuthTag(sealed.subarray(sealed.byteLength - TAG));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, sealed.byteLength - TAG)), decipher.final()]);
  } catch {
    return null;
  }
}

/** Seals what comes in, piece by piece. */
export async function* sealAll(by: SealKey, plain: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void, undefined> {
  let held: Buffer = Buffer.alloc(0);
  let index = 0;
  for await (const chunk of plain) {
    held = Buffer.concat([held, chunk]);
    for (; held.byteLength > PIECE; held = held.subarray(PIECE)) yield sealPiece(by, index++, false, held.subarray(0, PIECE));
  }
  yield sealPiece(by, index, true, held);
}

/** Says that the bytes are not what was sealed. */
export class DamagedError extends Error {}

/** Opens what `sealAll` sealed. Throws `DamagedError` at the first piece that is not what it was, is missing, or too many. */
export async function* openAll(by: SealKey, sealed: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void, undefined> {
  let held: Buffer = Buffer.alloc(0);
  let index = 0;
  let ended = false;
  for await (const chunk of sealed) {
    held = Buffer.concat([held, chunk]);
    for (;;) {
      const next = takePiece(held);
      if (next === null) break;
      held = next.rest;
      if (ended) throw new DamagedError('more behind the end');
      const plain = openPiece(by, index, false, next.piece);
      const last = plain ?? openPiece(by, index, true, next.piece);
      if (last === null) throw new DamagedError('a piece is not what it was');
      ended = plain === null;
      index += 1;
      yield last;
    }
  }
  if (!ended || held.byteLength > 0) throw new DamagedError('the end is missing');
}

function takePiece(held: Buffer): { readonly piece: Buffer; readonly rest: Buffer } | null {
  if (held.byteLength < LENGTH) return null;
  const length = held.readUInt32BE(0);
  if (length > PIECE + TAG) throw new DamagedError('a piece is too long');
  if (held.byteLength < LENGTH + length) return null;
  return { piece: held.subarray(LENGTH, LENGTH + length), rest: held.subarray(LENGTH + length) };
}
