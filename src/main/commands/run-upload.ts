import type { Account } from '../../shared/model/account';
import type { BatchResult } from '../../shared/model/job';
import type { PreparationProfile } from '../../shared/model/preparation';
import { profileFor } from '../../shared/model/preparation-profiles';
import { type Problem } from '../../shared/model/problem';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import { linkSlots } from '../output';
import type { Batch, QueueInput } from '../queue';
import type { CommandOf, UploadInput } from './command';
import { EXIT } from './exit-codes';
import { isFormat, linkLine } from './links';
import { reportRecord, sayProblem, sayReport } from './prepared-words';
import { accountNamed, oneLine, printJson, profileOf, type RunContext, sayTo, UsageError, wireError } from './run-context';
import { finishLeftovers } from './leftovers';
import { sayWaits } from './say-waits';

type Slot = { readonly shown: string; readonly input: QueueInput };

/** Uploads and prints one line, or one element, for each input in the order given; a folder stands for its pictures. */
export async function upload(context: RunContext, command: CommandOf<'upload'>): Promise<number> {
  const { queue, accounts } = context.services;
  if (command.format !== null && !isFormat(command.format)) throw new UsageError('unknownFormat', { format: command.format });
  const account = accountNamed(context, command.account);
  if (command.album !== null && !account.capabilities.uploadIntoAlbum) throw new UsageError('noAlbums', { name: account.name });
  const profile = profileOf(context, command.profile);
  const slots = await slotsOf(context, command.inputs);
  // Whoever uploads to an account that waits for a person wants it tried again.
  if (account.paused !== null) accounts.resume(account.id);
  queue.start();
  const leftover = unfinished(context);
  const options = { accountId: account.id, albumId: command.album, force: command.force, profile: profile?.id ?? null, origin: 'cli' } as const;
  const batch = await queue.addMany(slots.map(({ input }) => input), options);
  const results = await finished(context, batch, account);
  await print(context, command, slots, results, profile ?? profileFor(context.services.settings.current().preparation, account.id));
  if (leftover > 0) await finishLeftovers(context, leftover);
  if (context.signal.aborted) return EXIT.cancelled;
  return results.every(({ state }) => state === 'done') ? EXIT.done : EXIT.failed;
}

const unfinished = ({ services }: RunContext): number => {
  const { active, waiting } = services.queue.snapshot().summary;
  return active + waiting;
};

async function finished(context: RunContext, batch: Batch, account: Account): Promise<readonly BatchResult[]> {
  const { queue } = context.services;
  const cancel = (): void => void queue.cancel(batch.jobIds);
  if (context.signal.aborted) cancel();
  context.signal.addEventListener('abort', cancel, { once: true });
  const quiet = sayWaits(context, batch.jobIds, account.name);
  try {
    return await batch.finished;
  } finally {
    quiet();
    context.signal.removeEventListener('abort', cancel);
  }
}

async function slotsOf(context: RunContext, inputs: readonly UploadInput[]): Promise<readonly Slot[]> {
  const slots: Slot[] = [];
  for (const input of inputs) {
    if (input.type === 'kept') slots.push({ shown: input.shown, input: { type: 'kept', path: input.path, name: input.name } });
    else if (input.type === 'address') slots.push({ shown: input.shown, input: await inputAt(context, input.url) });
    else if (input.type === 'bad') slots.push({ shown: input.shown, input: { type: 'bad', name: input.shown, problem: input.problem } });
    else slots.push(...(await slotsOfPath(context, input.shown, input.path)));
  }
  return slots;
}

/** An address that cannot be had keeps its slot, as a file does. */
async function inputAt({ addressInput, signal }: RunContext, url: string): Promise<QueueInput> {
  try {
    return await addressInput(url, signal);
  } catch (error) {
    if (error instanceof PicferryError) return { type: 'bad', name: url, problem: error.problem };
    throw error;
  }
}

async function slotsOfPath(context: RunContext, shown: string, path: string): Promise<readonly Slot[]> {
  const found = await context.pathInputs(path);
  return found.map((input) => {
    const inFolder = input.type === 'file' && input.path !== path;
    return { shown: inFolder ? `${shown.replace(/[\\/]+$/, '')}${input.path.slice(path.replace(/[\\/]+$/, '').length)}` : shown, input };
  });
}

async function print(context: RunContext, command: CommandOf<'upload'>, slots: readonly Slot[], results: readonly BatchResult[], profile: PreparationProfile): Promise<void> {
  const settings = context.services.settings.current();
  const { library, albums } = context.services;
  const subjects = await linkSlots(results, { upload: (id) => library.byId(id), albums: () => albums.list(), now: context.now });
  const links = subjects.map((subject) => (subject === null ? null : linkLine(subject, command.format, settings)));
  if (command.json) {
    printJson(
      context,
      results.map((result, index) => resultRecord(context, command, slots[index]?.shown ?? result.file, result, links[index] ?? null)),
    );
  } else for (const link of links) context.io.stdout(`${link ?? ''}\n`);
  for (const [index, result] of results.entries()) {
    const shown = oneLine(slots[index]?.shown ?? result.file);
    // Of a file that did not leave there is nothing more to say.
    if (result.state === 'done' || result.state === 'unknown') sayReport(context, shown, result.report);
    if (result.state !== 'done') sayProblem(context, shown, problemOfResult(context, result), profile);
    else if (result.url === null) sayTo(context, `${shown}: ${context.translator.t('problems:pending')}`);
    else if (command.showDeleteLinks && !command.json) sayDeleteLink(context, shown, result);
  }
  if (results.some((result) => result.state === 'done' && result.onlyThisComputer)) sayTo(context, context.text('onlyThisComputer'));
}

function sayDeleteLink(context: RunContext, shown: string, result: BatchResult): void {
  const link = deleteLinkOf(context, result);
  sayTo(context, link === null ? context.text('noDeleteLink', { file: shown }) : context.text('deleteLink', { file: shown, link }));
}

const deleteLinkOf = (context: RunContext, { uploadId }: BatchResult): string | null =>
  uploadId === null ? null : (context.services.library.deleteLink(uploadId) ?? null);

const resultRecord = (context: RunContext, command: CommandOf<'upload'>, file: string, result: BatchResult, link: string | null) => ({
  file,
  ok: result.state === 'done',
  id: result.uploadId,
  url: result.url,
  link,
  width: result.width,
  height: result.height,
  bytes: result.bytes,
  account: result.accountName,
  duplicate: result.duplicate,
  ...reportRecord(result.report),
  error: result.state === 'done' ? null : wireError(context, problemOfResult(context, result)),
  ...(command.showDeleteLinks ? { deleteUrl: deleteLinkOf(context, result) } : {}),
});

/** Every slot that is not done has a problem, whatever ended it. */
function problemOfResult({ now }: RunContext, { problem, state, accountName }: BatchResult): Problem {
  if (problem !== null) return problem;
  if (state === 'unknown') return problemOf({ kind: 'unknown', message: 'unknown', params: { host: accountName } }, now());
  return problemOf({ kind: 'cancelled', message: 'cancelled', retryable: true }, now());
}
