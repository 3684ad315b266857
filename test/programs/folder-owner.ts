/**
 * A process for the handover tests: `own FOLDER`, `command FOLDER JSON [repeat]` or `window FOLDER`.
 * Says on its standard output, one word or JSON value a line, what happened.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { claimForCommand, claimForWindow, type CommandIo, type Owner } from '../../src/main/handover';

const Work = z.object({ do: z.enum(['echo', 'hang', 'fail']), text: z.string().default('') });

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function work(command: unknown, io: CommandIo, signal: AbortSignal): Promise<number> {
  const { do: what, text } = Work.parse(command);
  if (what === 'fail') throw new Error('no');
  if (what === 'hang') {
    say('hanging');
    await new Promise<void>((resolve) => {
      if (text === 'until-yield') current?.yielded.addEventListener('abort', () => resolve());
      signal.addEventListener('abort', () => resolve());
    });
    say('ended');
    return signal.aborted ? 130 : 0;
  }
  io.stderr('noise');
  io.stdout(text);
  return 3;
}

let current: Owner | null = null;

async function own(owner: Owner, window: 'shown' | 'yields'): Promise<void> {
  current = owner;
  say('owner');
  owner.serve({ command: work, window: () => window });
  if (window === 'shown') return;
  await new Promise<void>((resolve) => owner.yielded.addEventListener('abort', () => resolve()));
  await owner.drain();
  owner.release();
  say('released');
}

const [mode, folder = '', json = '{}', repeat] = process.argv.slice(2);
if (mode === 'window') {
  const owner = await claimForWindow(folder, () => say('waiting'));
  if (owner === 'shown') say('shown');
  else await own(owner, 'shown');
} else if (mode === 'own') {
  const claim = await claimForCommand(folder, { command: {}, mayRepeat: false, io: { stdout: say, stderr: say }, signal: new AbortController().signal });
  if (claim.type === 'owner') await own(claim.owner, 'yields');
} else {
  const cancel = new AbortController();
  process.on('SIGINT', () => cancel.abort());
  let [out, err] = ['', ''];
  const io: CommandIo = { stdout: (text) => void (out += text), stderr: (text) => void (err += text) };
  const claim = await claimForCommand(folder, { command: JSON.parse(json), mayRepeat: repeat === 'repeat', io, signal: cancel.signal });
  if (claim.type === 'owner') {
    current = claim.owner;
    const code = await work(JSON.parse(json), io, cancel.signal);
    await claim.owner.drain();
    claim.owner.release();
    say(JSON.stringify({ here: true, code, out, err }));
  } else say(JSON.stringify({ here: false, code: claim.type === 'exit' ? claim.code : claim.type, out, err }));
  await pause(0);
}
