import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { codeOf, keepAside, writeFileAtomic } from '../../lib/atomic-file';

/** The sealed values of a data folder as they lie on disk. Nothing in it can be read without the key. */
export const VaultContent = z
  .strictObject({
    version: z.literal(1),
    key: z.discriminatedUnion('place', [
      z.strictObject({ place: z.literal('keychain'), entry: z.string().min(1) }),
      z.strictObject({ place: z.literal('file') }),
    ]),
    /** A known text sealed with the key: tells whether a key found is the right one. */
    check: z.string(),
    values: z.record(z.string(), z.string()),
  })
  .readonly();
export type VaultContent = z.infer<typeof VaultContent>;

export type VaultFound =
  | { readonly state: 'missing' }
  | { readonly state: 'unusable' }
  | { readonly state: 'restored'; readonly content: VaultContent; readonly aside: string }
  | { readonly state: 'corrupt'; readonly aside: string }
  | { readonly state: 'read'; readonly content: VaultContent };

/** The vault's file and the copy of its last content but one. */
export interface VaultFile {
  /** Keeps a corrupt file aside. `unusable`: there, but it cannot be read now, or is from a newer Picferry. */
  find(now: number): VaultFound;
  /** The newest content; read again only when the file has changed. Undefined when there is none that can be read. */
  read(): VaultContent | undefined;
  /** Throws the system's error when the disk refuses; the old content stays then. */
  write(content: VaultContent): void;
}

export function createVaultFile(path: string): VaultFile {
  const backup = `${path}.bak`;
  let seen: { readonly mark: string; readonly content: VaultContent } | undefined;
  return {
    find(now) {
      const found = look(path);
      if (found !== 'corrupt') return typeof found === 'string' ? { state: found } : { state: 'read', content: found };
      let aside: string;
      try {
        aside = keepAside(path, 'corrupt', now);
      } catch (error) {
        if (codeOf(error) === '') throw error;
        return { state: 'unusable' };
      }
      const older = look(backup);
      if (typeof older === 'string') return { state: 'corrupt', aside };
      writeFileAtomic(path, serialise(older));
      return { state: 'restored', content: older, aside };
    },
    read() {
      const mark = markOf(path);
      if (mark === undefined) return undefined;
      if (seen?.mark !== mark) {
        const found = look(path);
        if (typeof found === 'string') return undefined;
        seen = { mark, content: found };
      }
      return seen.content;
    },
    write(content) {
      const old = look(path);
      if (typeof old !== 'string') writeFileAtomic(backup, serialise(old));
      writeFileAtomic(path, serialise(content));
    },
  };
}

function look(path: string): VaultContent | 'missing' | 'unusable' | 'corrupt' {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? 'missing' : 'unusable';
  }
  try {
    const raw: unknown = JSON.parse(text);
    const parsed = VaultContent.safeParse(raw);
    if (parsed.success) return parsed.data;
    const version = z.looseObject({ version: z.number().int().min(2) }).safeParse(raw);
    return version.success ? 'unusable' : 'corrupt';
  } catch {
    return 'corrupt';
  }
}

const serialise = (content: VaultContent): string => `${JSON.stringify(content, null, 2)}\n`;

const markOf = (path: string): string | undefined => {
  const stat = statSync(path, { throwIfNoEntry: false, bigint: true });
  return stat === undefined ? undefined : `${stat.ino}:${stat.mtimeNs}:${stat.size}`;
};
