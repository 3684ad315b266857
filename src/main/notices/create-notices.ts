import type { Notice } from '../../shared/model/notice';

/** Things to tell the person, in the order they came, kept until they are put away. The same id is told once. */
export function createNotices() {
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
      notices.set(notice.id, notice);
      changed();
    },
    dismiss(id: string): void {
      if (notices.delete(id)) changed();
    },
    onChange(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
