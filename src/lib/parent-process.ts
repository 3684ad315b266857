/** The process that started this one. */
export interface ParentProcess {
  /** Structured-clonable values only; nothing happens once it has gone. */
  send(message: unknown): void;
  onMessage(take: (message: unknown) => void): void;
  onGone(act: () => void): void;
}

/** Electron's utility processes have `process.parentPort`, Node's forks `process.send`. */
type ParentPort = {
  postMessage(message: unknown): void;
  on(event: 'message', take: (event: { readonly data: unknown }) => void): void;
  on(event: 'close', act: () => void): void;
};

/** Null for a program that was started by hand. */
export function parentProcess(): ParentProcess | null {
  const { parentPort } = process as unknown as { readonly parentPort?: ParentPort };
  if (parentPort !== undefined) {
    return {
      send: (message) => parentPort.postMessage(message),
      onMessage: (take) => parentPort.on('message', ({ data }) => take(data)),
      onGone: (act) => parentPort.on('close', act),
    };
  }
  if (process.send === undefined) return null;
  return {
    send: (message) => {
      if (process.connected) process.send?.(message);
    },
    onMessage: (take) => process.on('message', take),
    onGone: (act) => process.on('disconnect', act),
  };
}

/** For programs that only Picferry starts: a missing parent is a fault. They end with it. */
export function ownParent(): ParentProcess {
  const parent = parentProcess();
  if (parent === null) throw new Error('this program is started by Picferry, not by hand');
  parent.onGone(() => process.exit(0));
  return parent;
}
