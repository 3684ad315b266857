import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/**
 * The RFC 8785 form of a JSON value: equal for two texts that differ in key order, blanks or spelling only. Null for a
 * value that has none (a lone surrogate, for one). Numbers beyond a double's reach are already gone from a parsed value.
 */
export function canonicalText(value: unknown): string | null {
  try {
    return canonicalize(value) ?? null;
  } catch {
    return null;
  }
}

/** Lower-case hexadecimal. */
export const sha256Hex = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');
