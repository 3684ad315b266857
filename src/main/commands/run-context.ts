import type { i18n } from 'i18next';
import { PicferryError } from '../../lib/picferry-error';
import type { cli } from '../../shared/i18n/en/cli';
import { problemText } from '../../shared/i18n/translator';
import type { Account } from '../../shared/model/account';
import type { PreparationProfile } from '../../shared/model/preparation';
import { profileNamed, profilesOf } from '../../shared/model/preparation-profiles';
import type { Problem } from '../../shared/model/problem';
import type { CommandIo } from '../handover';
import type { QueueInput } from '../queue';
import type { Services } from '../services';

/** What running a command needs besides the command. */
export type RunDeps = {
  readonly services: Services;
  /** A file as it is, a folder's pictures and videos in the order of their names. */
  readonly pathInputs: (path: string) => Promise<readonly QueueInput[]>;
  /** The picture at an address of the web. Rejects with `PicferryError`. */
  readonly addressInput: (url: string, signal: AbortSignal) => Promise<QueueInput>;
  readonly io: CommandIo;
  /** Aborted when the person cancelled. */
  readonly signal: AbortSignal;
  /** Aborted when this process is to give the data folder up. */
  readonly leaving: AbortSignal;
  /** Aborted when the process that handed the command over is there no more; absent when it runs where it was given. */
  readonly gone?: AbortSignal;
  readonly now: () => number;
};

export type CliText = keyof typeof cli;

export type RunContext = RunDeps & {
  readonly translator: i18n;
  readonly text: (key: CliText, params?: Readonly<Record<string, string | number>>) => string;
};

/** The command as it was given cannot be meant: exit 2 with this sentence. */
export class UsageError extends Error {
  readonly key: CliText;
  readonly params: Readonly<Record<string, string | number>>;

  constructor(key: CliText, params: Readonly<Record<string, string | number>> = {}) {
    super(key);
    this.name = 'UsageError';
    this.key = key;
    this.params = params;
  }
}

/** A problem as scripts see it. */
export type WireError = { readonly kind: Problem['kind']; readonly message: string; readonly retryable: boolean };

/** Prints the one JSON value of a command. */
export const printJson = ({ io }: Pick<RunContext, 'io'>, value: unknown): void => io.stdout(`${JSON.stringify(value, null, 2)}\n`);

/** Prints cells as one line, so that a script can cut it at the tabs. */
export const printRow = ({ io }: Pick<RunContext, 'io'>, cells: readonly (string | number | null)[]): void =>
  io.stdout(`${cells.map((cell) => oneLine(String(cell ?? ''))).join('\t')}\n`);

/** Line breaks and tabs become blanks: one line stays one line. */
export const oneLine = (text: string): string => text.replace(/[\t\r\n\u2028\u2029]+/g, ' ');

export const sayTo = ({ io }: Pick<RunContext, 'io'>, line: string): void => io.stderr(`${line}\n`);

export const wireError = (context: RunContext, problem: Problem): WireError => ({
  kind: problem.kind,
  message: sentence(context, problem),
  retryable: problem.retryable,
});

/** The sentence for a person, with the technical words behind it. */
export const sentence = ({ translator }: RunContext, problem: Problem): string => {
  const text = problemText(translator, { message: problem.message, params: problem.params });
  return problem.kind === 'internal' && problem.detail !== null ? `${text} (${problem.detail})` : text;
};

/** Whatever a feature threw, as a problem; what is not one of ours is passed on. */
export function problemIn(error: unknown): Problem {
  if (error instanceof PicferryError) return error.problem;
  throw error;
}

/** The preparation profile a person named; null when none was. An unknown name is wrong usage. */
export function profileOf({ services: { settings } }: RunContext, name: string | null): PreparationProfile | null {
  if (name === null) return null;
  const { preparation } = settings.current();
  const profile = profileNamed(preparation, name);
  if (profile !== undefined) return profile;
  throw new UsageError('unknownProfile', { name, known: profilesOf(preparation).map((one) => one.name).join(', ') });
}

/** The account a person named, or the default one. An unknown name is wrong usage. */
export function accountNamed({ services: { accounts } }: RunContext, name: string | null): Account {
  if (name === null) return accounts.default();
  const account = accounts.byName(name) ?? accounts.byId(name);
  if (account !== undefined) return account;
  const known = accounts.list().map((one) => one.name);
  throw new UsageError('unknownAccount', { name, known: known.join(', ') });
}
