import type { Command } from '../commands';

/** Where a secret's value comes from. */
export type SecretSource =
  | { readonly type: 'value'; readonly key: string; readonly value: string }
  | { readonly type: 'file'; readonly key: string; readonly path: string }
  | { readonly type: 'stdin'; readonly key: string };

type Of<V extends Command['verb']> = Extract<Command, { verb: V }>;
/** `folder` is a setting that is a path: it counts from the caller's folder. */
type WithSecrets<V extends 'accounts-add' | 'accounts-set'> = Omit<Of<V>, 'secrets'> & { readonly secrets: readonly SecretSource[]; readonly folder: string | null };

/** What `--keep` takes. */
export const KEEPS = ['mine', 'theirs', 'base', 'both', 'both-theirs-first'] as const;
export type Kept = (typeof KEEPS)[number];

/** `-` reads it from standard input; null: none. */
type WithPassphrase<V extends 'export' | 'import'> = Omit<Of<V>, 'passphrase'> & { readonly passphraseFile: string | null };

/** A command as it was typed: nothing has been read or written yet. */
export type Draft =
  | Exclude<Command, { verb: 'accounts-add' | 'accounts-set' | 'upload' | 'prepare' | 'export' | 'import' | 'sync-resolve' }>
  | WithPassphrase<'export'>
  | WithPassphrase<'import'>
  | WithSecrets<'accounts-add'>
  | WithSecrets<'accounts-set'>
  | (Omit<Of<'prepare'>, 'inputs'> & { readonly files: readonly string[] })
  /** One of the two is there. */
  | (Omit<Of<'sync-resolve'>, 'choice'> & { readonly keep: Kept | null; readonly contentFile: string | null })
  | (Omit<Of<'upload'>, 'inputs'> & { readonly files: readonly string[] });

/** What a command line turned out to be. */
export type Parsed =
  | { readonly type: 'draft'; readonly draft: Draft }
  /** Help or version, for standard output. */
  | { readonly type: 'text'; readonly text: string }
  /** A sentence for standard error; exit 2. */
  | { readonly type: 'wrong'; readonly sentence: string };
