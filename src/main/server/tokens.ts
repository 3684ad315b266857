import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync, renameSync } from 'node:fs';
import { z } from 'zod';
import { codeOf, writeFileAtomic } from '../../lib/atomic-file';
import { diskProblem } from '../../lib/disk-problem';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import { ApiToken, type ApiScope } from '../../shared/model/local-api';

const Stored = z.strictObject({ ...ApiToken.unwrap().shape, /** SHA-256 of the token, in hexadecimal. */ hash: z.string().regex(/^[0-9a-f]{64}$/) }).readonly();
type Stored = z.infer<typeof Stored>;
const Content = z.strictObject({ version: z.literal(1), tokens: z.array(Stored).readonly() });

/** How exactly the time of the last use is kept: a write to the disk for each request would cost more than it tells. */
const USED_STEP_MS = 60_000;

/** The tokens of programs that may use the local API. Only their hashes are kept. */
export interface ApiTokens {
  list(): readonly ApiToken[];
  /** The token itself is given here and never again. Throws `PicferryError` when the name is in use or the disk refuses. */
  add(name: string, scopes: readonly ApiScope[]): { readonly token: string; readonly info: ApiToken };
  /** By id or name; false when there is none. */
  remove(idOrName: string): boolean;
  /** The token that this text is, if it is one. Takes the same time for every wrong text. */
  find(given: string): ApiToken | null;
  /** Notes that a token was used now. A disk that refuses costs the note only. */
  used(id: string): void;
  onChange(listener: () => void): () => void;
}

export type TokensDeps = { readonly path: string; readonly now: () => number; readonly newId: () => string };

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();
const shown = ({ hash: _hash, ...token }: Stored): ApiToken => token;

/** Tokens in one small file, read at the first use. A file that cannot be read means that no token is valid; it is kept aside when a new one is written. */
export function createApiTokens({ path, now, newId }: TokensDeps): ApiTokens {
  let tokens: readonly Stored[] | null = null;
  const listeners = new Set<() => void>();
  const all = (): readonly Stored[] => (tokens ??= load(path));
  const write = (next: readonly Stored[]): void => {
    if (isDamaged(path)) renameSync(path, `${path}.damaged`);
    writeFileAtomic(path, `${JSON.stringify({ version: 1, tokens: next } satisfies z.input<typeof Content>, null, 2)}\n`);
    tokens = next;
    for (const listener of [...listeners]) listener();
  };
  const keep = (next: readonly Stored[]): void => {
    try {
      write(next);
    } catch (error) {
      const refused = problemOf({ kind: 'file', message: 'tokensNotSaved', detail: codeOf(error) || null, retryable: true }, now());
      throw new PicferryError(diskProblem(error, now()) ?? refused, { cause: error });
    }
  };
  return {
    list: () => all().map(shown),
    add(name, scopes) {
      const trimmed = name.trim();
      if (all().some((token) => token.name === trimmed)) throw new PicferryError(problemOf({ kind: 'bad_request', sub: 'nameTaken', message: 'tokenNameTaken', params: { name: trimmed } }, now()));
      const token = `pf_${randomBytes(32).toString('base64url')}`;
      const stored: Stored = { id: newId(), name: trimmed, scopes: [...new Set(scopes)], createdAt: now(), lastUsedAt: null, hash: hashOf(token).toString('hex') };
      keep([...all(), stored]);
      return { token, info: shown(stored) };
    },
    remove(idOrName) {
      const left = all().filter(({ id, name }) => id !== idOrName && name !== idOrName);
      if (left.length === all().length) return false;
      keep(left);
      return true;
    },
    find(given) {
      const wanted = hashOf(given);
      let found: Stored | null = null;
      // Every token is compared, and each whole: the time tells nothing.
      for (const token of all()) if (timingSafeEqual(wanted, Buffer.from(token.hash, 'hex'))) found = token;
      return found === null ? null : shown(found);
    },
    used(id) {
      const at = now();
      const token = all().find((one) => one.id === id);
      if (token === undefined || (token.lastUsedAt !== null && at - token.lastUsedAt < USED_STEP_MS)) return;
      try {
        write(all().map((one) => (one.id === id ? { ...one, lastUsedAt: at } : one)));
      } catch (error) {
        if (codeOf(error) === '') throw error;
      }
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function contentOf(path: string): readonly Stored[] | 'missing' | 'damaged' {
  try {
    const content = Content.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return content.success ? content.data.tokens : 'damaged';
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? 'missing' : 'damaged';
  }
}

const isDamaged = (path: string): boolean => contentOf(path) === 'damaged';

function load(path: string): readonly Stored[] {
  const content = contentOf(path);
  return typeof content === 'string' ? [] : content;
}
