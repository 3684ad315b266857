import type { Upload } from '../../shared/model/upload';

/** What changed while reads were under way: their answers may be older than that. */
export type LateChanges = {
  readonly reading: <T>(ask: () => Promise<T>) => Promise<T>;
  readonly note: (changed: ReadonlyMap<string, Upload>, removed: readonly string[]) => void;
  /** An answer as it is by now: without what was removed since, with what changed. */
  readonly patched: (uploads: readonly Upload[]) => readonly Upload[];
};

export const createLateChanges = (): LateChanges => {
  let reads = 0;
  const gone = new Set<string>();
  const newer = new Map<string, Upload>();
  return {
    reading: async (ask) => {
      if (reads === 0) {
        gone.clear();
        newer.clear();
      }
      reads += 1;
      try {
        return await ask();
      } finally {
        reads -= 1;
      }
    },
    note: (changed, removed) => {
      if (reads === 0) {
        gone.clear();
        newer.clear();
        return;
      }
      for (const id of removed) {
        gone.add(id);
        newer.delete(id);
      }
      for (const [id, upload] of changed) {
        gone.delete(id);
        newer.set(id, upload);
      }
    },
    patched: (uploads) => uploads.filter(({ id }) => !gone.has(id)).map((upload) => newer.get(upload.id) ?? upload),
  };
};
