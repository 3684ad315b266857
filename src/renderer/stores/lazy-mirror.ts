import { createStore, type StoreApi } from 'zustand/vanilla';
import { createMirror, type Mirror, type Mirrored, type MirrorParts } from './mirror';

/** A mirror that begins when it is first wanted, or when main has opened what it mirrors: that costs main something. */
export type LazyMirror<S> = {
  /** `rev` is -1 until the mirror was opened and the first snapshot is in. */
  readonly store: StoreApi<Mirrored<S>>;
  /** Begins, once. */
  readonly open: () => void;
  readonly stop: () => void;
};

/** `isOpen`: whether main has opened it already. */
export const createLazyMirror = <S, E extends { readonly rev: number }>(parts: MirrorParts<S, E>, isOpen: () => Promise<boolean>): LazyMirror<S> => {
  const store = createStore<Mirrored<S>>(() => ({ rev: -1, state: parts.initial }));
  let mirror: Mirror<S> | null = null;
  let stopped = false;
  const open = (): void => {
    if (mirror !== null || stopped) return;
    offFirst();
    mirror = createMirror(parts);
    mirror.store.subscribe((next) => store.setState(next, true));
  };
  const offFirst = parts.subscribe(open);
  // A window without the answer opens it with main's next change.
  isOpen().then(
    (is) => (is ? open() : undefined),
    () => undefined,
  );
  return {
    store,
    open,
    stop: () => {
      stopped = true;
      offFirst();
      mirror?.stop();
    },
  };
};
