import { ownParent } from '../../lib/parent-process';
import { assertNever } from '../../shared/assert-never';
import { applyProfile } from './apply-profile';
import { missingIn } from './glyphs';
import { loadSharp, type Sharp } from './load-sharp';
import { hardenSharp, makeThumbnail } from './make-thumbnail';
import { ImagingRequest, type LettersReply, type ProfileReply, type ThumbnailReply } from './messages';
import { watchMemory } from './watch-memory';

const parent = ownParent();
let loaded: Sharp | null = null;
/** Loading it takes longer than some of the work that does without. */
const sharp = (): Sharp => (loaded ??= hardenSharp(loadSharp(__filename, process.platform)));

/** Time for the last message to leave. */
const LAST_WORDS_MS = 100;

async function answerTo(request: ImagingRequest): Promise<ThumbnailReply | ProfileReply | LettersReply> {
  switch (request.do) {
    case 'thumbnail':
      return makeThumbnail(sharp(), request);
    case 'profile':
      return applyProfile(sharp, request);
    case 'letters':
      return { id: request.id, missing: await missingIn(request.text) };
    default:
      return assertNever(request);
  }
}

const take = async (message: unknown): Promise<void> => {
  const request = ImagingRequest.parse(message);
  const { id } = request;
  const stopWatching = watchMemory(() => {
    // Letters take next to nothing: without an answer they are asked for once more.
    if (request.do !== 'letters') parent.send(request.do === 'thumbnail' ? { id, ok: false, reason: 'too_big' } : { id, outcome: { type: 'failed', why: 'memory' } });
    // What has been taken is only given back by the end of the process.
    setTimeout(() => process.exit(1), LAST_WORDS_MS);
  });
  const answer = await answerTo(request);
  stopWatching();
  parent.send(answer);
  // Nothing but the end of the process ends what it is at work on, and an orderly one waits for that.
  if ('outcome' in answer && answer.outcome.type === 'failed' && answer.outcome.why === 'slow') setTimeout(() => process.kill(process.pid, 'SIGKILL'), LAST_WORDS_MS);
};

// A fault in here must end the process: its parent starts a fresh one.
process.on('unhandledRejection', () => process.exit(1));
parent.onMessage((message) => void take(message));
