import { close, fdatasync, open } from 'node:fs';

/** Brings a file that others write to the disk itself, off this thread. */
export interface LogSync {
  /**
   * Resolves when all that was written before the call is on the disk. A call during a running sync waits for the next
   * one, together with all others that came meanwhile. A file that is not there has nothing to bring.
   */
  flush(): Promise<void>;
  /** Lets go of the file; a running sync ends first. A later `flush` resolves at once. */
  close(): void;
}

/** The file stays open between two syncs; it must not be replaced by another one while it is. */
export function createLogSync(path: string): LogSync {
  let file: Promise<number | null> | null = null;
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  let closed = false;

  const sync = async (): Promise<void> => {
    if (closed) return;
    const fd = await (file ??= openFile(path));
    if (fd === null) {
      file = null;
      return;
    }
    await new Promise<void>((resolve, reject) => fdatasync(fd, (error) => (error === null ? resolve() : reject(error))));
  };
  const start = (): Promise<void> => {
    const mine = sync().finally(() => {
      if (running === mine) running = null;
    });
    running = mine;
    return mine;
  };
  const letGo = async (): Promise<void> => {
    const fd = await file?.catch(() => null);
    await Promise.allSettled([running, next]);
    if (typeof fd === 'number') close(fd, () => undefined);
  };
  return {
    flush() {
      if (closed) return Promise.resolve();
      if (running === null) return start();
      const before = running;
      next ??= Promise.allSettled([before]).then(() => {
        next = null;
        return start();
      });
      return next;
    },
    close() {
      if (closed) return;
      closed = true;
      void letGo();
    },
  };
}

/** Null when there is no such file. Opened for writing, which Windows asks for before it syncs. */
const openFile = (path: string): Promise<number | null> =>
  new Promise((resolve, reject) => {
    open(path, 'r+', (error, fd) => {
      if (error === null) resolve(fd);
      else if (error.code === 'ENOENT') resolve(null);
      else reject(error);
    });
  });
