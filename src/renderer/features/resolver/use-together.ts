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
    const firsts = boxes.flatMap((box) => {
      const mark = box.querySelector<HTMLElement>('[data-differs]');
      return mark === null ? [] : [mark.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop];
    });
    const top = firsts.length === 0 ? 0 : Math.max(0, Math.min(...firsts) - ABOVE);
    for (const box of boxes) box.scrollTop = top;
    // Boxes that were moved by another one's scrolling say so with an event as well: they draw nothing back.
    const moved = new Set<HTMLElement>();
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
