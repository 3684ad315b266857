import { basename, dirname } from 'node:path';
import type { Child, ChildProcessPort } from '../services';
import type { Imaging, Thumbnail } from './contract';
import { ImagingReply } from './messages';

export type ImagingOptions = {
  readonly children: ChildProcessPort;
  readonly thumbsFolder: string;
  /** Runs `act` once after `ms`; returns the cancel. */
  readonly after: (ms: number, act: () => void) => () => void;
};

/** Longer than the picture library's own limit, for when that one does not answer any more. */
const LIMIT_MS = 30_000;
/** The process costs memory: it ends when nothing was asked for this long. */
const IDLE_MS = 20_000;
/** A fresh process after this many pictures keeps what leaks small. */
const RECYCLE = 200;

type Task = { readonly path: string; readonly folder: string; readonly menuName?: string; readonly edge?: number; readonly answer: (thumbnail: Thumbnail) => void; tries: number };
type Worker = { readonly child: Child; made: number; readonly drop: () => void };

/**
 * One picture at a time, in the order asked. The process starts with the first picture; when it dies the
 * picture is tried once more in a fresh one, and given up when that one dies too.
 */
export const createImaging = ({ children, thumbsFolder, after }: ImagingOptions): Imaging => {
  const waiting: Task[] = [];
  let worker: Worker | null = null;
  let current: { readonly id: number; readonly task: Task; readonly stopClock: () => void } | null = null;
  let cancelIdle: () => void = () => undefined;
  let lastId = 0;
  let closed = false;

  const stopWorker = (): void => {
    const old = worker;
    worker = null;
    old?.drop();
    old?.child.kill();
  };
  const finish = (thumbnail: Thumbnail): void => {
    const done = current;
    current = null;
    done?.stopClock();
    done?.task.answer(thumbnail);
    next();
  };
  const died = (): void => {
    stopWorker();
    if (current === null) return;
    const { task, stopClock } = current;
    stopClock();
    current = null;
    if (task.tries < 2) waiting.unshift(task);
    else task.answer({ ok: false, reason: 'crashed' });
    next();
  };
  const startWorker = (): Worker => {
    const child = children.start('imaging');
    const offs = [
      child.onMessage((message) => {
        const reply = ImagingReply.safeParse(message);
        if (!reply.success || reply.data.id !== current?.id) return;
        finish(reply.data.ok ? { ok: true, name: reply.data.name } : { ok: false, reason: reply.data.reason });
      }),
      child.onExit(died),
    ];
    return { child, made: 0, drop: () => offs.forEach((off) => off()) };
  };
  const next = (): void => {
    if (closed || current !== null) return;
    cancelIdle();
    const task = waiting.shift();
    if (task === undefined) {
      if (worker !== null) cancelIdle = after(IDLE_MS, stopWorker);
      return;
    }
    if (worker !== null && worker.made >= RECYCLE) stopWorker();
    worker ??= startWorker();
    worker.made += 1;
    task.tries += 1;
    lastId += 1;
    const stopClock = after(LIMIT_MS, () => {
      stopWorker();
      finish({ ok: false, reason: 'timeout' });
    });
    current = { id: lastId, task, stopClock };
    const { path, folder, menuName, edge } = task;
    worker.child.send({ id: lastId, path, folder, ...(menuName === undefined ? {} : { menuName }), ...(edge === undefined ? {} : { edge }) });
  };

  const ask = (what: Pick<Task, 'path' | 'folder' | 'menuName' | 'edge'>): Promise<Thumbnail> =>
    new Promise((answer) => {
      if (closed) return answer({ ok: false, reason: 'crashed' });
      waiting.push({ ...what, answer, tries: 0 });
      next();
    });

  return {
    thumbnail: (path, folder = thumbsFolder) => ask({ path, folder }),
    menuPicture: async (path, to, edge) => (await ask({ path, folder: dirname(to), menuName: basename(to), ...(edge === undefined ? {} : { edge }) })).ok,
    close: () => {
      closed = true;
      cancelIdle();
      current?.stopClock();
      stopWorker();
      const left = [...(current === null ? [] : [current.task]), ...waiting.splice(0)];
      current = null;
      left.forEach((task) => task.answer({ ok: false, reason: 'crashed' }));
    },
  };
};
