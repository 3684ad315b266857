import { Desk } from './desk';
import { Request, type Reply } from './messages';

/** Electron's utility processes have `process.parentPort`, Node's forks `process.send`. */
type ParentPort = {
  postMessage(message: unknown): void;
  on(event: 'message', take: (event: { readonly data: unknown }) => void): void;
};

const { parentPort } = process as unknown as { readonly parentPort?: ParentPort };

const desk = new Desk({
  now: Date.now,
  after: (ms, act) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
});

const reply = (message: Reply): void => {
  if (parentPort !== undefined) parentPort.postMessage(message);
  else process.send?.(message);
};

const take = (message: unknown): void => {
  const { id, ask, input } = Request.parse(message);
  try {
    reply({ id, ok: true, value: desk.answer(ask, input) });
  } catch (error) {
    reply({ id, ok: false, why: error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 500) : typeof error });
  }
};

if (parentPort !== undefined) parentPort.on('message', ({ data }) => take(data));
else {
  process.on('message', take);
  process.on('disconnect', () => process.exit(0));
}
