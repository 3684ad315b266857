import { useCallback, useState } from 'react';

/** The width of an element in CSS pixels, kept up to date: give it the ref. 0 before the first look. */
export const useWidth = (): readonly [width: number, ref: (element: HTMLElement | null) => (() => void) | undefined] => {
  const [width, setWidth] = useState(0);
  const ref = useCallback((element: HTMLElement | null) => {
    if (element === null) return undefined;
    setWidth(element.clientWidth);
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [width, ref];
};
