import { randomBytes, randomInt } from 'node:crypto';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const MIXED = `${LETTERS}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;

const pick = (alphabet: string, length: number): string =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');

/** A name that cannot be guessed: lower-case letters and digits. */
export const randomName = (length = 16): string => pick(LETTERS, length);

/** Letters of both cases and digits. */
export const randomMixed = (length: number): string => pick(MIXED, length);

export const randomHex = (length: number): string =>
  randomBytes(Math.ceil(length / 2))
    .toString('hex')
    .slice(0, length);

/**
 * A delete hash of EasyImages' form: Base64 of a Base64 text, ending in `=`, without `+` or `/`. The content is random:
 * whoever has it can delete, nothing can be read from it.
 */
export const randomDeleteHash = (): string =>
  Buffer.from(randomBytes(32).toString('base64')).toString('base64');
