/** Does something in calm moments, after what happens often. */
export interface Upkeep {
  /** It happened. */
  touched(): void;
  /** Nothing is done any more. */
  close(): void;
}

/** Nothing has happened for this long: a calm moment. */
const CALM_MS = 1000;

/** Does `work` once nothing has happened for a second, if anything has before. `after` does something later and returns what calls it off. */
export function createUpkeep(after: (ms: number, act: () => void) => () => void, work: () => void): Upkeep {
  let happened = 0;
  let callOff: (() => void) | null = null;
  let closed = false;
  // One timer for many touches: it looks whether more have come since it was set.
  const wait = (): void => {
    const before = happened;
    callOff = after(CALM_MS, () => {
      callOff = null;
      if (closed) return;
      if (happened === before) work();
      else wait();
    });
  };
  return {
    touched() {
      happened += 1;
      if (callOff === null && !closed) wait();
    },
    close() {
      closed = true;
      callOff?.();
    },
  };
}
