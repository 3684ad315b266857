import { readFileSync } from 'node:fs';
import { join, resolve as resolvePath } from 'node:path';
import type { Readable } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import { type Command, type UploadInput, UsageError } from '../commands';
import type { Draft, Kept, SecretSource } from './draft';

export type ResolveDeps = {
  /** Relative paths count from here. */
  readonly cwd: string;
  readonly dataFolder: string;
  readonly stdin: Readable;
  readonly signal: AbortSignal;
  readonly newId: () => string;
  readonly now: () => number;
};

/** Reads what a command line only named: paths become absolute, secrets are read, standard input is put on disk. */
export async function resolveDraft(draft: Draft, deps: ResolveDeps): Promise<Command> {
  switch (draft.verb) {
    case 'accounts-add': {
      const { folder, ...rest } = draft;
      return { ...rest, settings: withFolder(rest.settings, folder, deps), secrets: await secretsOf(rest.secrets, deps) };
    }
    case 'accounts-set': {
      const { folder, ...rest } = draft;
      return { ...rest, settings: withFolder(rest.settings, folder, deps), secrets: await secretsOf(rest.secrets, deps) };
    }
    case 'upload': {
      const { files, ...rest } = draft;
      const inputs: UploadInput[] = [];
      for (const file of files) inputs.push(await inputOf(file, deps));
      return { ...rest, inputs };
    }
    case 'prepare': {
      const { files, out, ...rest } = draft;
      return { ...rest, inputs: files.map((file) => ({ shown: file, path: resolvePath(deps.cwd, file) })), out: out === null ? null : resolvePath(deps.cwd, out) };
    }
    case 'export':
    case 'import': {
      const { passphraseFile, path, ...rest } = draft;
      const passphrase = passphraseFile === null ? null : await passphraseOf(passphraseFile, deps);
      return { ...rest, path: resolvePath(deps.cwd, path), passphrase };
    }
    case 'sync-add':
      return { ...draft, path: resolvePath(deps.cwd, draft.path) };
    case 'sync-resolve': {
      const { keep, contentFile, ...rest } = draft;
      return { ...rest, choice: keep === null ? { take: 'edited', text: await contentOf(contentFile ?? '-', deps) } : choiceOf(keep) };
    }
    case 'serve':
      return { ...draft, noTokenFor: draft.noTokenFor.map((folder) => resolvePath(deps.cwd, folder)) };
    default:
      return draft;
  }
}

type Choice = Extract<Command, { verb: 'sync-resolve' }>['choice'];

function choiceOf(keep: Kept): Choice {
  if (keep === 'both') return { take: 'both', first: 'mine' };
  return keep === 'both-theirs-first' ? { take: 'both', first: 'theirs' } : { take: keep };
}

const withFolder = (settings: Readonly<Record<string, string>>, folder: string | null, { cwd }: ResolveDeps): Readonly<Record<string, string>> =>
  folder === null ? settings : { ...settings, folder: FROM_HOME.test(folder) ? folder : resolvePath(cwd, folder) };

/** In quotes the shell leaves it alone; the folder is judged with it. */
const FROM_HOME = /^~(?=$|[\\/])/;

async function secretsOf(sources: readonly SecretSource[], deps: ResolveDeps): Promise<Readonly<Record<string, string>>> {
  const entries: [string, string][] = [];
  for (const source of sources) entries.push([source.key, await secretOf(source, deps)]);
  return Object.fromEntries(entries);
}

async function secretOf(source: SecretSource, { cwd, stdin }: ResolveDeps): Promise<string> {
  if (source.type === 'value') return source.value;
  if (source.type === 'stdin') return withoutLineEnd(await textOf(stdin));
  const path = resolvePath(cwd, source.path);
  try {
    return withoutLineEnd(readFileSync(path, 'utf8'));
  } catch {
    throw new UsageError('secretFile', { key: source.key, file: path });
  }
}

/** The JSON value in a file, or on standard input. */
async function contentOf(file: string, { cwd, stdin }: ResolveDeps): Promise<string> {
  if (file === '-') return textOf(stdin);
  const path = resolvePath(cwd, file);
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new UsageError('contentFile', { file: path });
  }
}

async function passphraseOf(file: string, { cwd, stdin }: ResolveDeps): Promise<string> {
  const path = resolvePath(cwd, file);
  const read = async (): Promise<string> => (file === '-' ? textOf(stdin) : readFileSync(path, 'utf8'));
  const passphrase = withoutLineEnd(
    await read().catch(() => {
      throw new UsageError('passphraseFile', { file: path });
    }),
  );
  if (passphrase === '') throw new UsageError('passphraseEmpty');
  if (passphrase.length > 1000) throw new UsageError('passphraseLong');
  return passphrase;
}

/** Editors and `echo` end a file with a line break that is not part of the secret. */
const withoutLineEnd = (text: string): string => text.replace(/^\uFEFF/, '').replace(/[\r\n]+$/, '');

async function inputOf(file: string, deps: ResolveDeps): Promise<UploadInput> {
  if (file === '-') return stdinInput(deps);
  if (/^https?:\/\//i.test(file)) return { type: 'address', shown: file, url: file };
  if (file !== '') return { type: 'path', shown: file, path: resolvePath(deps.cwd, file) };
  return { type: 'bad', shown: file, problem: problemOf({ kind: 'file', sub: 'missing', message: 'fileMissing', retryable: true }, deps.now()) };
}

async function stdinInput({ dataFolder, stdin, signal, newId, now }: ResolveDeps): Promise<UploadInput> {
  const { keepBytes } = await import('../preparation');
  const stop = (): void => void stdin.destroy(Object.assign(new Error('cancelled'), { code: 'ECANCELED' }));
  signal.addEventListener('abort', stop, { once: true });
  try {
    const { path, name } = await keepBytes({ folder: join(dataFolder, 'store', 'intake'), newId, now }, 'stdin', stdin);
    return { type: 'kept', shown: '-', path, name };
  } catch (error) {
    if (error instanceof PicferryError) return { type: 'bad', shown: '-', problem: error.problem };
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
