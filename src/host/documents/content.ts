import { canonicalText, sha256Hex } from '../../lib/canonical-json';
import { numbersSurvive } from '../../lib/json-text';
import type { Switches } from '../switches';

type Wizs = Switches['wizs'];

/** PHP's decoder gives up below this depth. */
const PHP_DEPTH = 512;

/** What the server stores of a document that came as JSON text; null when it is none. */
export function acceptContent(text: string, { phpRoundTrip }: Wizs): string | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!phpRoundTrip) return text.trim();
  if (canonicalText(value) === null) return null;
  const made = phpValue(value, 1);
  return made === null ? null : phpText(made.value);
}

/** The server's own digest. `asSent` is the text of the request. */
export function hashOf(stored: string, asSent: string, { hashStyle }: Wizs): string {
  const hash = sha256Hex(hashStyle === 'raw' ? asSent : (canonicalText(JSON.parse(stored)) ?? stored));
  return hashStyle === 'prefixed' ? `sha256:${hash}` : hash;
}

/** Whether two stored texts are one document. Numbers that a double cannot hold are told apart by their spelling. */
export function sameContent(a: string, b: string): boolean {
  if (a === b) return true;
  const [left, right] = [a, b].map((text) => canonicalText(JSON.parse(text)));
  return left !== null && left !== undefined && left === right && numbersSurvive(a) && numbersSurvive(b);
}

/** Decoded to arrays and encoded again: empty objects and those with the keys 0, 1, 2, … become lists. */
function phpValue(value: unknown, depth: number): { readonly value: unknown } | null {
  if (typeof value === 'number') return Number.isFinite(value) ? { value } : null;
  if (typeof value !== 'object' || value === null) return { value };
  if (depth > PHP_DEPTH) return null;
  const inner: [string, unknown][] = [];
  for (const [key, member] of Object.entries(value)) {
    const made = phpValue(member, depth + 1);
    if (made === null) return null;
    inner.push([key, made.value]);
  }
  const isList = Array.isArray(value) || inner.every(([key], index) => key === String(index));
  return { value: isList ? inner.map(([, member]) => member) : Object.fromEntries(inner) };
}

const phpText = (value: unknown): string =>
  JSON.stringify(value)
    .replaceAll('/', '\\/')
    .replace(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
