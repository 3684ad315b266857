import { useEffect, type RefObject } from 'react';

/** So much of what is alike stays in sight above the first difference. */
const ABOVE = 24;

/**
 * Values beside each other are scrolled as one, and begin at the first place where one of them differs from the base. `shown`
 * changes when other values are shown.
 */
export const useTogether = (group: RefObject<HTMLElement | null>, shown: string | undefined): void => {
  useEffect(() => {
    const boxes = [...(group.current?.querySelectorAll<HTMLElement>('[data-value]') ?? [])];
    const firstOf = (box: HTMLElement): number | null => {
      const mark = box.querySelector<HTMLElement>('[data-differs]');
      return mark === null ? null : Math.max(0, mark.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop - ABOVE);
    };
    const firsts = boxes.map(firstOf);
    const common = Math.min(...firsts.filter((top) => top !== null));
    // Boxes that were moved by another one's scrolling, or from here, say so with an event as well: they draw nothing along.
    const moved = new Set<HTMLElement>();
    boxes.forEach((box, i) => {
      const { scrollTop } = box;
      box.scrollTop = firsts[i] ?? (Number.isFinite(common) ? common : 0);
      if (box.scrollTop !== scrollTop) moved.add(box);
    });
    const byPerson = ({ currentTarget }: Event): void => {
      const box = currentTarget as HTMLElement;
      if (moved.delete(box)) return;
      for (const other of boxes) {
        const { scrollTop, scrollLeft } = other;
        other.scrollTo({ top: box.scrollTop, left: box.scrollLeft });
        if (other !== box && (other.scrollTop !== scrollTop || other.scrollLeft !== scrollLeft)) moved.add(other);
      }
    };
    for (const box of boxes) box.addEventListener('scroll', byPerson, { passive: true });
    return () => {
      for (const box of boxes) box.removeEventListener('scroll', byPerson);
    };
  }, [group, shown]);
};
