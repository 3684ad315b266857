import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { codeOf } from '../../lib/atomic-file';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { PreparationProfile } from '../../shared/model/preparation';
import { profileFor } from '../../shared/model/preparation-profiles';
import type { Problem } from '../../shared/model/problem';
import type { CommandOf } from './command';
import { EXIT } from './exit-codes';
import { oneLine, printJson, problemIn, profileOf, type RunContext, sayTo, sentence, wireError } from './run-context';

/** What came of one file. `changed` is false where the new file is the old one. */
type Made = { readonly path: string; readonly bytes: number; readonly changed: boolean };
type Result = { readonly shown: string; readonly made: Made | null; readonly problem: Problem | null };

/** Makes files ready as an upload would and writes them to new files: one line, or one element, for each input in the order given. */
export async function prepareFiles(context: RunContext, command: CommandOf<'prepare'>): Promise<number> {
  const profile = profileOf(context, command.profile) ?? profileFor(context.services.settings.current().preparation, '');
  const results: Result[] = [];
  for (const { shown, path } of command.inputs) {
    for (const input of await context.pathInputs(path)) {
      if (input.type === 'bad') results.push({ shown, made: null, problem: input.problem });
      else results.push(await resultOf(context, { shown: input.path === path ? shown : input.path, path: input.path, place: results.length + 1 }, profile, command.out));
    }
  }
  if (command.json) printJson(context, results.map((result) => record(context, result)));
  else for (const { made } of results) context.io.stdout(`${made?.path ?? ''}\n`);
  for (const { shown, problem } of results) if (problem !== null) sayTo(context, `${oneLine(shown)}: ${sentence(context, problem)}`);
  if (context.signal.aborted) return EXIT.cancelled;
  return results.every(({ problem }) => problem === null) ? EXIT.done : EXIT.failed;
}

const record = (context: RunContext, { shown, made, problem }: Result) => ({
  file: shown,
  ok: made !== null,
  path: made?.path ?? null,
  bytes: made?.bytes ?? null,
  changed: made?.changed ?? null,
  error: problem === null ? null : wireError(context, problem),
});

async function resultOf(context: RunContext, { shown, path, place }: { readonly shown: string; readonly path: string; readonly place: number }, profile: PreparationProfile, out: string | null): Promise<Result> {
  try {
    return { shown, made: await make(context, { path, place }, profile, out), problem: null };
  } catch (error) {
    if (context.signal.aborted) return { shown, made: null, problem: problemOf({ kind: 'cancelled', message: 'cancelled', retryable: true }, context.now()) };
    return { shown, made: null, problem: problemIn(error) };
  }
}

async function make({ services, signal, now }: RunContext, { path, place }: { readonly path: string; readonly place: number }, profile: PreparationProfile, out: string | null): Promise<Made> {
  const facts = await services.prepare({ path, name: path.slice(dirname(path).length).replace(/^[\\/]/, ''), profile, place, count: () => services.counters.take(profile.id, randomUUID()) }, signal);
  try {
    const name = out === null ? suffixed(facts.partName, '-prepared') : facts.partName;
    const to = await copyToNew(facts.prepared ?? path, out ?? dirname(path), name);
    return { path: to, bytes: facts.bytes, changed: facts.prepared !== null };
  } catch (error) {
    const code = codeOf(error);
    if (code === '') throw error;
    throw new PicferryError(problemOf({ kind: 'file', sub: 'diskRefused', message: 'diskRefused', retryable: true, detail: code }, now()), { cause: error });
  } finally {
    if (facts.prepared !== null) await rm(facts.prepared, { force: true });
  }
}

/** `a.jpg` with the suffix between name and extension. */
const suffixed = (name: string, suffix: string): string => `${name.slice(0, name.length - extname(name).length)}${suffix}${extname(name)}`;

/** Copies to a name that no file has, and says which that is: nothing is written over. */
async function copyToNew(from: string, folder: string, name: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (let number = 1; ; number += 1) {
    const to = join(folder, number === 1 ? name : suffixed(name, `-${number}`));
    try {
      await copyFile(from, to, constants.COPYFILE_EXCL);
      return to;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
}
