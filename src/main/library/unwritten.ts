/** Outcomes that the world knows and the database does not yet. */
export interface Unwritten<T> {
  /** Writes this and everything that waits. What cannot be written is kept and told as a fault; never throws. */
  write(id: string, value: T): void;
  /** What waits for this id. */
  get(id: string): T | undefined;
  retry(): void;
}

/** Keeps in memory what `write` threw for, so that a full disk costs nobody the truth of what a host did. */
export function createUnwritten<T>(write: (id: string, value: T) => void, onFault: (error: unknown) => void): Unwritten<T> {
  const waiting = new Map<string, T>();
  const retry = (): void => {
    for (const [id, value] of [...waiting]) {
      try {
        write(id, value);
        waiting.delete(id);
      } catch (error) {
        onFault(error);
        return;
      }
    }
  };
  return {
    write(id, value) {
      waiting.set(id, value);
      retry();
    },
    get: (id) => waiting.get(id),
    retry,
  };
}
