import type { EmptyLog } from './contract';

export type LogKeeperDeps = {
  readonly path: string;
  /** Bytes of the log now. */
  readonly size: () => number;
  /** Puts most of the log into the file, elsewhere. */
  readonly empty: EmptyLog;
  /** Puts the rest into it, here: after that the log begins anew. */
  readonly finish: () => void;
};

/** Keeps a database's log small while much is written. */
export interface LogKeeper {
  /** Something was written. */
  touched(): void;
  /** Nothing is done any more. */
  close(): void;
}

/** Four times what SQLite takes: at most 16 MB are written twice, and the work comes seldom. */
export const LOG_BYTES = 16 * 1024 * 1024;

/**
 * Has the log put into the file once it has grown by `LOG_BYTES`, in the middle of work. Where a reader holds it, it is
 * tried again after as many more.
 */
export function createLogKeeper({ path, size, empty, finish }: LogKeeperDeps): LogKeeper {
  let due = LOG_BYTES;
  let busy = false;
  let closed = false;
  const keep = async (): Promise<void> => {
    try {
      await empty(path);
    } finally {
      busy = false;
      if (!closed) finish();
      due = size() + LOG_BYTES;
    }
  };
  return {
    touched() {
      if (busy || closed) return;
      const bytes = size();
      // It began anew.
      if (bytes < LOG_BYTES) due = LOG_BYTES;
      if (bytes < due) return;
      busy = true;
      void keep();
    },
    close() {
      closed = true;
    },
  };
}
