import { createElement, useEffect, useReducer, type ComponentType } from 'react';

/** A part of the window whose code comes in a file of its own. */
export type Later<P> = {
  /** Draws nothing until the code is there; at once when it was loaded before. */
  readonly Part: (props: P) => React.ReactNode;
  /** Loads the code, once. */
  readonly load: () => Promise<void>;
};

/** Keeps a part out of what the first frame waits for. Unlike React's own `lazy` a loaded part is drawn without a gap. */
export const later = <P extends object>(read: () => Promise<ComponentType<P>>): Later<P> => {
  let part: ComponentType<P> | null = null;
  let reading: Promise<void> | null = null;
  const load = (): Promise<void> =>
    (reading ??= read().then((found) => {
      part = found;
    }));
  const Part = (props: P) => {
    const [, redraw] = useReducer((count: number) => count + 1, 0);
    useEffect(() => {
      if (part === null) void load().then(redraw);
    }, []);
    return part === null ? null : createElement(part, props);
  };
  return { Part, load };
};
