import type { Notice } from '../../shared/model/notice';

/** Where it is remembered that a standing fact was put away for good. */
export type PutAway = { readonly has: (id: string) => boolean; readonly add: (id: string) => void };

/** Facts that stay as they are: told until a person puts them away, then never again. Everything else is news. */
const standing: ReadonlySet<string> = new Set(['vaultKeyFile']);

/** Things to tell the person, in the order they came, kept until they are put away. The same id is told once. */
export function createNotices(putAway: PutAway) {
  const notices = new Map<string, Notice>();
  const listeners = new Set<() => void>();
  let rev = 0;
  const changed = (): void => {
    rev += 1;
    for (const listener of [...listeners]) listener();
  };
  return {
    list: (): readonly Notice[] => [...notices.values()],
    rev: (): number => rev,
    add(notice: Notice): void {
      if (standing.has(notice.id) && putAway.has(notice.id)) return;
      notices.set(notice.id, notice);
      changed();
    },
    dismiss(id: string): void {
      if (!notices.delete(id)) return;
      if (standing.has(id)) putAway.add(id);
      changed();
    },
    onChange(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
