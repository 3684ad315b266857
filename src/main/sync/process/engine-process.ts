import { PicferryError, problemOf } from '../../../lib/picferry-error';
import type { Child, ChildProcessPort } from '../../services';
import { answerOf, Pending } from './answers';
import type { CallArgs, CallResult, EngineCall } from './engine-calls';
import { FromEngine, type EngineSetup, type Question, type ToEngine } from './messages';

export type EngineProcessDeps = {
  readonly children: ChildProcessPort;
  readonly setup: EngineSetup;
  /** Answers what the engine has to know. */
  readonly answer: (question: Question) => Promise<unknown>;
  /** Runs `act` once after `ms`; returns the cancel. */
  readonly after: (ms: number, act: () => void) => () => void;
  readonly now: () => number;
};

/** The engine in a process of its own: there while it is needed, started anew when it died. */
export interface EngineProcess {
  /** Rejects with `PicferryError` `syncStopped` when the process died over it; whatever it had done is on disk. */
  ask<K extends EngineCall>(call: K, args: CallArgs<K>, signal?: AbortSignal): Promise<CallResult<K>>;
  /** Lets what runs come to an end that nothing is lost by, then ends the process. */
  close(): Promise<void>;
}

/** A process costs memory: it ends when nothing was asked for this long. */
const IDLE_MS = 60_000;
/** What was cancelled and still computes after this is ended with its process. */
const CANCEL_MS = 5_000;
const CLOSE_MS = 5_000;

class Running {
  readonly pending = new Pending();
  readonly #offs: readonly (() => void)[];
  #over = false;
  readonly ended: Promise<void>;
  #tellEnded: () => void = () => undefined;

  constructor(
    private readonly child: Child,
    private readonly deps: EngineProcessDeps,
    onOver: () => void,
  ) {
    this.ended = new Promise((resolve) => (this.#tellEnded = resolve));
    const over = (): void => {
      this.#finish();
      onOver();
    };
    this.#offs = [child.onMessage((message) => this.#take(message)), child.onExit(over)];
    this.send({ type: 'open', setup: deps.setup });
  }

  send(message: ToEngine): void {
    if (!this.#over) this.child.send(message);
  }

  kill(): void {
    this.child.kill();
    this.#finish();
  }

  #finish(): void {
    if (this.#over) return;
    this.#over = true;
    for (const off of this.#offs) off();
    this.pending.rejectAll(() => new PicferryError(problemOf({ kind: 'internal', sub: 'stopped', message: 'syncStopped', retryable: true }, this.deps.now())));
    this.#tellEnded();
  }

  #take(given: unknown): void {
    const message = FromEngine.parse(given);
    if (message.type === 'reply') this.pending.settle(message.reply);
    else void answerOf(message.id, () => this.deps.answer(message.question)).then((reply) => this.send({ type: 'reply', reply }));
  }
}

/** Starts nothing before the first question. */
export const createEngineProcess = (deps: EngineProcessDeps): EngineProcess => {
  let running: Running | null = null;
  let cancelIdle: () => void = () => undefined;
  let closed = false;

  const start = (): Running => {
    const started: Running = new Running(deps.children.start('sync'), deps, () => {
      if (running === started) running = null;
    });
    return started;
  };
  const drop = (which: Running): void => {
    if (running === which) running = null;
    which.kill();
  };
  const rest = (which: Running): void => {
    if (which.pending.size > 0) return;
    cancelIdle = deps.after(IDLE_MS, () => {
      if (which.pending.size === 0) drop(which);
    });
  };
  const cancel = (which: Running, id: number): (() => void) => {
    which.send({ type: 'cancel', id });
    return deps.after(CANCEL_MS, () => drop(which));
  };
  return {
    async ask(call, args, signal) {
      const cancelled = (): PicferryError => new PicferryError(problemOf({ kind: 'cancelled', message: 'cancelled' }, deps.now()));
      if (closed || signal?.aborted === true) throw cancelled();
      cancelIdle();
      running ??= start();
      const used = running;
      const { id, answer } = used.pending.ask((asked) => used.send({ type: 'ask', id: asked, call, args: [...args] }));
      let stopClock: () => void = () => undefined;
      const onAbort = (): void => void (stopClock = cancel(used, id));
      signal?.addEventListener('abort', onAbort, { once: true });
      try {
        return (await answer) as CallResult<typeof call>;
      } finally {
        stopClock();
        signal?.removeEventListener('abort', onAbort);
        if (!closed) rest(used);
      }
    },
    async close() {
      closed = true;
      cancelIdle();
      const last = running;
      if (last === null) return;
      last.send({ type: 'end' });
      const stopClock = deps.after(CLOSE_MS, () => drop(last));
      await last.ended;
      stopClock();
    },
  };
};
