import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, copyFile, rm, stat } from 'node:fs/promises';
import { dirname, extname, join, resolve, sep } from 'node:path';
import { codeOf } from '../../lib/atomic-file';
import { isFull } from '../../lib/full-disk';
import { makeFolder } from '../../lib/make-folder';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import { shortened } from '../../lib/shortened';
import type { PreparationProfile } from '../../shared/model/preparation';
import { profileFor } from '../../shared/model/preparation-profiles';
import type { PreparationReport } from '../../shared/model/preparation-report';
import type { Problem } from '../../shared/model/problem';
import { hashFile } from '../preparation';
import type { CommandOf } from './command';
import { EXIT } from './exit-codes';
import { notWritten, reportRecord, sayProblem, sayReport } from './prepared-words';
import { oneLine, printJson, problemIn, profileOf, type RunContext, sayTo, wireError } from './run-context';

/** What came of one file. `changed` is false where the new file is the old one, `again` true where an earlier run wrote it already. */
type Made = { readonly path: string; readonly bytes: number; readonly changed: boolean; readonly again: boolean; readonly report: PreparationReport | null };
/** Where new files go; null: next to the old ones. `taken`: the paths that were written, as they are where capitals do not count. */
type Out = { readonly folder: string | null; readonly taken: Set<string> };
type Result = { readonly shown: string; readonly made: Made | null; readonly problem: Problem | null };

/** Makes files ready as an upload would and writes them to new files: one line, or one element, for each input in the order given. */
export async function prepareFiles(context: RunContext, command: CommandOf<'prepare'>): Promise<number> {
  const profile = profileOf(context, command.profile) ?? profileFor(context.services.settings.current().preparation, '');
  const results: Result[] = [];
  const taken = new Set<string>();
  for (const { shown, path } of command.inputs) {
    const found = await context.pathInputs(path);
    const before = results.length;
    const there = new Set(found.flatMap((input) => (input.type === 'bad' ? [] : [stemOf(input.path)])));
    const fresh = found.filter((input) => input.type === 'bad' || input.path === path || !isResult(input.path, { found: path, out: command.out, there }));
    for (const input of fresh) {
      if (input.type === 'bad') results.push({ shown, made: null, problem: input.problem });
      else results.push(await resultOf(context, { shown: input.path === path ? shown : input.path, path: input.path, place: results.length + 1, named: input.path === path }, profile, { folder: command.out, taken }));
    }
    const again = results.slice(before).filter(({ made }) => made?.again === true).length;
    if (again > 0) sayTo(context, context.text('preparedSame', { folder: oneLine(shown), count: String(again) }));
    if (fresh.length < found.length) sayTo(context, context.text('preparedBefore', { folder: oneLine(shown), count: String(found.length - fresh.length) }));
  }
  if (command.json) printJson(context, results.map((result) => record(context, result)));
  else for (const { made } of results) context.io.stdout(`${made?.path ?? ''}\n`);
  for (const { shown, made, problem } of results) {
    if (problem !== null) sayProblem(context, shown, problem, profile);
    else sayReport(context, shown, made?.report ?? null);
  }
  if (context.signal.aborted) return EXIT.cancelled;
  return results.every(({ problem }) => problem === null) ? EXIT.done : EXIT.failed;
}

const record = (context: RunContext, { shown, made, problem }: Result) => ({
  file: shown,
  ok: made !== null,
  path: made?.path ?? null,
  bytes: made?.bytes ?? null,
  changed: made?.changed ?? null,
  ...reportRecord(made?.report ?? null),
  error: problem === null ? null : wireError(context, problem),
});

/** `named`: a person named the file itself. */
type Input = { readonly path: string; readonly place: number; readonly named: boolean };

async function resultOf(context: RunContext, { shown, ...input }: Input & { readonly shown: string }, profile: PreparationProfile, out: Out): Promise<Result> {
  try {
    return { shown, made: await make(context, input, profile, out), problem: null };
  } catch (error) {
    if (context.signal.aborted) return { shown, made: null, problem: problemOf({ kind: 'cancelled', message: 'cancelled', retryable: true }, context.now()) };
    return { shown, made: null, problem: notWritten(problemIn(error)) };
  }
}

async function make({ services, signal, now }: RunContext, { path, place, named }: Input, profile: PreparationProfile, out: Out): Promise<Made> {
  const folder = out.folder ?? dirname(path);
  // Before the work on a picture that would have no place.
  if (out.folder !== null) await writing(folder, now, () => mayMake(folder));
  const facts = await services.prepare({ path, name: path.slice(dirname(path).length).replace(/^[\\/]/, ''), profile, place, count: () => services.counters.take(profile.id, randomUUID()) }, signal);
  try {
    // Not before: of files that are all refused nothing stays behind.
    if (out.folder !== null) await writing(folder, now, () => makeFolder(folder, 0o777));
    const from = facts.prepared ?? path;
    const isThere = (to: string): Promise<boolean> => (named ? Promise.resolve(false) : isSame(from, to, signal));
    const written = await writing(folder, now, () => copyToNew(from, { folder, name: facts.partName, mark: resolve(folder) === resolve(dirname(path)) ? MARK : '', taken: out.taken, isThere }));
    return { ...written, bytes: facts.bytes, changed: facts.prepared !== null, report: facts.report };
  } finally {
    if (facts.prepared !== null) await rm(facts.prepared, { force: true });
  }
}

const MARK = '-prepared';

const stemOf = (path: string): string => path.slice(0, path.length - extname(path).length);

type Found = { readonly found: string; readonly out: string | null; /** Paths of all that was found, without their extensions. */ readonly there: ReadonlySet<string> };

/** Whether a file that was found in a folder is what an earlier run made: by its name beside the picture it was made of, or since it lies where results go. */
function isResult(path: string, { found, out, there }: Found): boolean {
  const [folder, results] = [resolve(found), out === null ? null : resolve(out)];
  const inResults = results !== null && results !== folder && `${results}${sep}`.startsWith(`${folder}${sep}`) && resolve(path).startsWith(`${results}${sep}`);
  const made = new RegExp(`^(.+)${MARK}(-\\d{1,6})?$`, 's').exec(stemOf(path))?.[1];
  return inResults || (made !== undefined && there.has(made));
}

/** As long as names are, in bytes: as a rule, and where they are written in secret. */
const [MOST_BYTES, FEWEST_BYTES] = [255, 143];

/** `a.jpg` with the suffix between name and extension; a name that becomes too long is cut before that. */
function suffixed(name: string, suffix: string, most: number): string {
  const end = `${suffix}${extname(name)}`;
  return `${shortened(name.slice(0, name.length - extname(name).length), most - Buffer.byteLength(end))}${end}`;
}

type Copying = { readonly folder: string; readonly name: string; readonly mark: string; readonly taken: Set<string>; readonly isThere: (to: string) => Promise<boolean> };

/** Whether two files hold the same bytes; not where one cannot be read. */
async function isSame(one: string, other: string, signal: AbortSignal): Promise<boolean> {
  try {
    const [first, second] = await Promise.all([stat(one), stat(other)]);
    return second.isFile() && first.size === second.size && (await hashFile(one, signal)) === (await hashFile(other, signal));
  } catch (error) {
    if (signal.aborted || codeOf(error) === '') throw error;
    return false;
  }
}

/**
 * Copies to a name that no file has, and says which that is: nothing is written over. One that `isThere` already is left at that. Names that
 * differ in capitals alone are one name elsewhere, perhaps where these files go next.
 */
async function copyToNew(from: string, { folder, name, mark, taken, isThere }: Copying): Promise<Pick<Made, 'path' | 'again'>> {
  let most = MOST_BYTES;
  for (let number = 1; ; number += 1) {
    const to = join(folder, suffixed(name, number === 1 ? mark : `${mark}-${number}`, most));
    const plain = to.normalize('NFC').toLowerCase();
    if (taken.has(plain)) continue;
    try {
      await copyFile(from, to, constants.COPYFILE_EXCL);
      taken.add(plain);
      return { path: to, again: false };
    } catch (error) {
      if (codeOf(error) === 'ENAMETOOLONG' && most === MOST_BYTES) [most, number] = [FEWEST_BYTES, 0];
      else if (codeOf(error) !== 'EEXIST') throw error;
      else if (await isThere(to)) {
        taken.add(plain);
        return { path: to, again: true };
      }
    }
  }
}

/** Rejects as the system would for a folder that is not there and cannot be made, or cannot be written to. */
async function mayMake(folder: string): Promise<void> {
  const found = await stat(folder).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT' || dirname(folder) === folder) throw error;
    return null;
  });
  if (found === null) return mayMake(dirname(folder));
  if (!found.isDirectory()) throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR' });
  await access(folder, constants.W_OK);
}

/** What the system says of the folder that a person named. */
async function writing<T>(folder: string, now: () => number, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = codeOf(error);
    if (code === '') throw error;
    const message = isFull(code) ? 'diskFull' : code === 'EEXIST' || code === 'ENOTDIR' ? 'outNoFolder' : 'outRefused';
    throw new PicferryError(problemOf({ kind: 'file', sub: message, message, params: message === 'diskFull' ? {} : { folder }, retryable: true, detail: code }, now()), { cause: error });
  }
}
