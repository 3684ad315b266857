import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const Identity = z.object({
  version: z.literal(1),
  /** Names the folder to whoever asks; not a secret. */
  id: z.string().min(1),
  /** The port chosen for `kept`; null until then. */
  port: z.number().int().min(1).max(65535).nullable(),
});
export type Identity = z.output<typeof Identity>;

const FILE = 'host.json';

/**
 * Reads who this folder's host is, and makes it up the first time. A file that cannot be read as ours is kept aside as
 * `host.json.damaged-<time>`. Throws the file system's error when the folder cannot be used.
 */
export async function loadIdentity(folder: string, now: number): Promise<Identity> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, FILE);
  const text = await readIfThere(path);
  if (text !== null) {
    const found = Identity.safeParse(parseJson(text));
    if (found.success) return found.data;
    await rename(path, `${path}.damaged-${now}`);
  }
  const made: Identity = { version: 1, id: randomUUID(), port: null };
  await saveIdentity(folder, made);
  return made;
}

/** Replaces the file in one step; only its owner may read it. */
export async function saveIdentity(folder: string, identity: Identity): Promise<void> {
  const path = join(folder, FILE);
  const temporary = `${path}.${randomBytes(4).toString('hex')}.tmp`;
  await writeFile(temporary, `${JSON.stringify(identity, null, 2)}\n`, { mode: 0o600 });
  await chmod(temporary, 0o600);
  await rename(temporary, path);
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
