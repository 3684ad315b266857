import { createStore, type StoreApi } from 'zustand/vanilla';
import { createMirror, type Mirror, type Mirrored, type MirrorParts } from './mirror';

/** A mirror that begins when it is first wanted: what it mirrors costs main something to open. */
export type LazyMirror<S> = {
  /** `rev` is -1 until the mirror was opened and the first snapshot is in. */
  readonly store: StoreApi<Mirrored<S>>;
  /** Begins, once. */
  readonly open: () => void;
  readonly stop: () => void;
};

export const createLazyMirror = <S, E extends { readonly rev: number }>(parts: MirrorParts<S, E>): LazyMirror<S> => {
  const store = createStore<Mirrored<S>>(() => ({ rev: -1, state: parts.initial }));
  let mirror: Mirror<S> | null = null;
  return {
    store,
    open: () => {
      if (mirror !== null) return;
      mirror = createMirror(parts);
      mirror.store.subscribe((next) => store.setState(next, true));
    },
    stop: () => mirror?.stop(),
  };
};
