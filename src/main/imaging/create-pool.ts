import type { Child, ChildProcessPort } from '../services';
import { LOOK_MS, MOST_MEMORY } from './watch-memory';

export type PoolOptions = {
  readonly children: ChildProcessPort;
  /** As many processes at most; each works on one thing at a time. */
  readonly size: number;
  /** Runs `act` once after `ms`; returns the cancel. */
  readonly after: (ms: number, act: () => void) => () => void;
  /** As much memory a process may hold while it works. */
  readonly mostMemory?: number;
};

/** `answer` is what the process said; the others say why it said nothing. */
export type Answer = { readonly type: 'answer'; readonly message: unknown } | { readonly type: 'timeout' | 'crashed' | 'cancelled' | 'memory' };

/** Processes for image work. They start when there is work and end when there was none for a while. */
export interface Pool {
  /**
   * Has a process do what `message` says, in the order asked; an `id` is added to it, and what comes back has the same. A
   * process that takes longer than `limitMs`, or too much memory, or whose work is cancelled, is killed. One that dies is replaced, and the work tried once
   * more. Never rejects.
   */
  ask(message: object, limitMs: number, signal?: AbortSignal): Promise<Answer>;
  /** Ends the processes; what waits is answered with `crashed`. */
  close(): void;
}

/** A process costs memory: it ends when nothing was asked for this long. */
const IDLE_MS = 20_000;
/** A fresh process after this many pictures keeps what leaks small. */
const RECYCLE = 200;

type Task = { readonly message: object; readonly limitMs: number; readonly answer: (answer: Answer) => void; tries: number; over: boolean };
type Worker = { readonly child: Child; made: number; busy: Busy | null; readonly drop: () => void; cancelIdle: () => void };
type Busy = { readonly id: number; readonly task: Task; readonly stopClock: () => void; stopLooking: () => void };

export function createPool({ children, size, after, mostMemory = MOST_MEMORY }: PoolOptions): Pool {
  const waiting: Task[] = [];
  const workers = new Set<Worker>();
  let [lastId, closed] = [0, false];

  const stop = (worker: Worker): Task | null => {
    workers.delete(worker);
    const task = worker.busy?.task ?? null;
    worker.busy?.stopClock();
    worker.busy?.stopLooking();
    worker.busy = null;
    worker.cancelIdle();
    worker.drop();
    worker.child.kill();
    return task;
  };
  const finish = (task: Task, answer: Answer): void => {
    task.over = true;
    task.answer(answer);
  };
  const died = (worker: Worker): void => {
    const task = stop(worker);
    if (task !== null && task.tries < 2) waiting.unshift(task);
    else if (task !== null) finish(task, { type: 'crashed' });
    next();
  };
  const took = (worker: Worker, message: unknown): void => {
    const { busy } = worker;
    if (busy === null || idOf(message) !== busy.id) return;
    busy.stopClock();
    busy.stopLooking();
    worker.busy = null;
    worker.cancelIdle = after(IDLE_MS, () => void stop(worker));
    finish(busy.task, { type: 'answer', message });
    next();
  };
  const startWorker = (): Worker => {
    const child = children.start('imaging');
    const offs = [child.onMessage((message) => took(worker, message)), child.onExit(() => died(worker))];
    const worker: Worker = { child, made: 0, busy: null, drop: () => offs.forEach((off) => off()), cancelIdle: () => undefined };
    workers.add(worker);
    return worker;
  };
  /** A process that has nothing to do, if there may be one. */
  const freeWorker = (): Worker | null => {
    for (const worker of [...workers]) {
      if (worker.busy !== null) continue;
      if (worker.made < RECYCLE) return worker;
      stop(worker);
    }
    return workers.size < size ? startWorker() : null;
  };
  /** From here, as long as it works: what is busy with one picture for long does not look after itself. */
  const look = (worker: Worker): void => {
    const { busy } = worker;
    if (busy === null) return;
    const held = worker.child.held();
    if (held === null || held <= mostMemory) {
      busy.stopLooking = after(LOOK_MS, () => look(worker));
      return;
    }
    stop(worker);
    finish(busy.task, { type: 'memory' });
    next();
  };
  const next = (): void => {
    while (!closed && waiting.length > 0) {
      const worker = freeWorker();
      if (worker === null) return;
      const task = waiting.shift();
      if (task === undefined || task.over) continue;
      worker.cancelIdle();
      worker.made += 1;
      task.tries += 1;
      lastId += 1;
      const stopClock = after(task.limitMs, () => {
        stop(worker);
        finish(task, { type: 'timeout' });
        next();
      });
      worker.busy = { id: lastId, task, stopClock, stopLooking: () => undefined };
      worker.child.send({ id: lastId, ...task.message });
      look(worker);
    }
  };
  const cancel = (task: Task): void => {
    if (task.over) return;
    for (const worker of [...workers]) if (worker.busy?.task === task) stop(worker);
    finish(task, { type: 'cancelled' });
    next();
  };

  return {
    ask: (message, limitMs, signal) =>
      new Promise((resolve) => {
        if (closed) return resolve({ type: 'crashed' });
        if (signal?.aborted === true) return resolve({ type: 'cancelled' });
        const onAbort = (): void => cancel(task);
        const task: Task = {
          message,
          limitMs,
          tries: 0,
          over: false,
          answer(answer) {
            signal?.removeEventListener('abort', onAbort);
            resolve(answer);
          },
        };
        signal?.addEventListener('abort', onAbort, { once: true });
        waiting.push(task);
        next();
      }),
    close() {
      closed = true;
      const left = [...[...workers].flatMap((worker) => stop(worker) ?? []), ...waiting.splice(0)];
      for (const task of left) if (!task.over) finish(task, { type: 'crashed' });
    },
  };
}

const idOf = (message: unknown): unknown => (typeof message === 'object' && message !== null && 'id' in message ? message.id : undefined);
