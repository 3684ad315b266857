import { setTimeout as pause } from 'node:timers/promises';
import type { i18n } from 'i18next';
import { type DataFolder, openDataFolder } from '../../lib/data-folder';
import { diskProblem } from '../../lib/disk-problem';
import { isFull } from '../../lib/full-disk';
import { newId } from '../../lib/ids';
import { keepSignals } from '../../lib/keep-signals';
import { PicferryError } from '../../lib/picferry-error';
import { createTranslator, problemText } from '../../shared/i18n/translator';
import type { Notice } from '../../shared/model/notice';
import type { ErrorKind } from '../../shared/model/problem';
import { type Command, EXIT, HandedCommand, mayRepeat, runCommand, UsageError } from '../commands';
import type { CommandIo, Owner } from '../handover';
import type { Services } from '../services';
import { parse } from './parse';
import { callerFolder, dataFolderOf, firstLanguage, type Surroundings } from './surroundings';

export type Invocation = Surroundings & {
  readonly args: readonly string[];
  readonly version: string;
  /** The folder of the built programs. */
  readonly programs: string;
  readonly io: CommandIo;
  readonly stdin: NodeJS.ReadStream;
  /** Aborted by Ctrl+C. */
  readonly signal: AbortSignal;
};

/** How long a process that gave the data folder up stands back for the one that asked for it. */
const STAND_BACK_MS = 300;

/** Runs one command line and gives its exit code. What is slow to load is loaded once it is needed. */
export async function main(invocation: Invocation): Promise<number> {
  const { io } = invocation;
  const translator = createTranslator(firstLanguage(invocation));
  const parsed = parse(invocation.args, translator, invocation.version);
  if (parsed.type === 'text') {
    io.stdout(parsed.text);
    return EXIT.done;
  }
  if (parsed.type === 'wrong') {
    io.stderr(`${parsed.sentence}\n`);
    return EXIT.wrongUsage;
  }
  try {
    const folder = openDataFolder(dataFolderOf(invocation));
    if (!folder.writable) {
      const sentence = isFull(folder.why) ? translator.t('problems:diskFull') : translator.t('cli:folderRefused', { code: folder.why ?? '', folder: folder.path });
      return failed(io, parsed.draft.json, { kind: 'file', message: sentence, retryable: true });
    }
    const { resolveDraft } = await import('./resolve');
    const { stdin, signal } = invocation;
    const command = await resolveDraft(parsed.draft, { cwd: callerFolder(invocation), dataFolder: folder.path, stdin, signal, newId, now: Date.now });
    return await carryOut(invocation, folder, command, translator);
  } catch (error) {
    return explain(invocation, translator, parsed.draft.json, error);
  }
}

/** Runs the command here when the data folder is ours, else where it is owned; a host moves on with the folder. */
async function carryOut(invocation: Invocation, folder: DataFolder, first: Command, translator: i18n): Promise<number> {
  const { io, signal } = invocation;
  const { claimForCommand } = await import('../handover');
  let command = first;
  for (;;) {
    const handed: HandedCommand = { language: firstLanguage(invocation), command };
    const claim = await claimForCommand(folder.path, { command: handed, mayRepeat: mayRepeat(command), io, signal });
    if (claim.type === 'lost') {
      io.stderr(`${translator.t('cli:lost')}\n`);
      return EXIT.failed;
    }
    const code = claim.type === 'exit' ? claim.code : await runAsOwner(invocation, folder, claim.owner, handed);
    if (code !== EXIT.moved || (command.verb !== 'host' && command.verb !== 'serve')) return code;
    if (signal.aborted) return EXIT.done;
    command = command.verb === 'host' ? { ...command, port: null, announce: false } : { ...command, announce: false };
    await pause(STAND_BACK_MS);
  }
}

/** Runs a command with services of our own, and those that other processes hand over meanwhile. */
async function runAsOwner(invocation: Invocation, folder: DataFolder, owner: Owner, own: HandedCommand): Promise<number> {
  const leaving = new AbortController();
  owner.yielded.addEventListener('abort', () => leaving.abort());
  try {
    const { openServices } = await keepSignals(() => import('./open-services'));
    const opened = await openServices(folder, invocation.programs);
    try {
      const run = ({ command, language }: HandedCommand, io: CommandIo, signal: AbortSignal, gone?: AbortSignal): Promise<number> =>
        runCommand({ ...opened, io, signal, leaving: leaving.signal, ...(gone === undefined ? {} : { gone }), now: Date.now }, command, language);
      owner.serve({
        command: (value, io, signal, gone) => {
          const handed = HandedCommand.safeParse(value);
          if (handed.success) return run(handed.data, io, signal, gone);
          io.stderr(`${createTranslator(own.language).t('problems:otherVersion')}\n`);
          return Promise.resolve(EXIT.failed);
        },
        window: () => 'yields',
        // A host that ends with the next word would only be met half.
        ...(own.command.verb === 'host' || own.command.verb === 'serve' ? { host: opened.services.thisComputer.start } : {}),
      });
      sayNotices(invocation.io, opened.services.notices.list(), own);
      const code = await run(own, invocation.io, invocation.signal);
      if (code === EXIT.done && givesSecret(own.command)) sayKeyFileOnce(invocation.io, opened.services, own);
      if (own.command.verb === 'upload' && !invocation.signal.aborted) await opened.services.tidy();
      return code;
    } finally {
      leaving.abort();
      await owner.drain();
      await opened.services.close();
    }
  } finally {
    owner.release();
  }
}

/** Tells what happened to files at the start. */
function sayNotices(io: CommandIo, notices: readonly Notice[], { language, command }: HandedCommand): void {
  const translator = createTranslator(language);
  for (const { message, params } of notices) {
    if (message !== KEY_FILE && (message !== BAD_NAMES || command.verb === 'serve')) io.stderr(`${translator.t(`notices:${message}`, params)}\n`);
  }
}

/** Who sends by such a profile is told of each file; only `serve` does not know yet which profiles it will need. */
const BAD_NAMES = 'settingsBadNames';
const KEY_FILE = 'vaultKeyFile';
/** The mark in the settings that the command line has told of the key file; the window keeps its own. */
const KEY_FILE_TOLD = `${KEY_FILE}:cli`;

const givesSecret = (command: Command): boolean =>
  (command.verb === 'accounts-add' || command.verb === 'accounts-set') && Object.keys(command.secrets).length > 0;

/** Where the vault's key lies is told once per data folder: to whoever has just put the first secret into it. */
function sayKeyFileOnce(io: CommandIo, { notices, settings }: Pick<Services, 'notices' | 'settings'>, { language }: HandedCommand): void {
  if (settings.current().dismissed.includes(KEY_FILE_TOLD) || !notices.list().some(({ message }) => message === KEY_FILE)) return;
  settings.update((current) => ({ ...current, dismissed: [...current.dismissed, KEY_FILE_TOLD] }));
  io.stderr(`${createTranslator(language).t(`notices:${KEY_FILE}`)}\n`);
}

type Failure = { readonly kind: ErrorKind; readonly message: string; readonly retryable: boolean };

function failed(io: CommandIo, json: boolean, error: Failure): number {
  if (json) io.stdout(`${JSON.stringify({ error }, null, 2)}\n`);
  io.stderr(`${error.message}\n`);
  return EXIT.failed;
}

/** Every failure outside a command, as a sentence and an exit code. */
function explain({ io, signal }: Invocation, translator: i18n, json: boolean, error: unknown): number {
  if (signal.aborted) return EXIT.cancelled;
  if (error instanceof UsageError) {
    io.stderr(`${translator.t(`cli:${error.key}`, error.params)}\n`);
    return EXIT.wrongUsage;
  }
  const problem = error instanceof PicferryError ? error.problem : diskProblem(error, Date.now());
  if (problem !== null) return failed(io, json, { kind: problem.kind, retryable: problem.retryable, message: problemText(translator, problem) });
  const what = error instanceof Error ? error.message : String(error);
  return failed(io, json, { kind: 'internal', retryable: false, message: translator.t('cli:fault', { what }) });
}
