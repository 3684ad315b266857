import { createStore, type StoreApi } from 'zustand/vanilla';

/** What a mirror holds: `rev` is -1 until the first snapshot is in. */
export type Mirrored<S> = { readonly rev: number; readonly state: S };

export type MirrorParts<S, E extends { readonly rev: number }> = {
  readonly initial: S;
  /** Starts the events and returns the unsubscribe. */
  readonly subscribe: (take: (event: E) => void) => () => void;
  /** Reads the whole slice. May reject: it is read again. */
  readonly read: () => Promise<Mirrored<S>>;
  readonly apply: (state: S, event: E) => S;
  /** Resolves after so many milliseconds. */
  readonly wait: (ms: number) => Promise<void>;
};

export type Mirror<S> = {
  readonly store: StoreApi<Mirrored<S>>;
  /** Resolves when the first snapshot is in. */
  readonly ready: Promise<void>;
  readonly stop: () => void;
};

const FIRST_DELAY = 100;
const LONGEST_DELAY = 5_000;

/**
 * A copy of one slice of main's state. It subscribes before it reads, holds what comes early, drops
 * what it already has, and reads the slice again when a revision is missing.
 */
export const createMirror = <S, E extends { readonly rev: number }>(parts: MirrorParts<S, E>): Mirror<S> => {
  const store = createStore<Mirrored<S>>(() => ({ rev: -1, state: parts.initial }));
  let held: E[] | null = [];
  let stopped = false;

  const readOnce = async (): Promise<Mirrored<S>> => {
    for (let delay = FIRST_DELAY; ; delay = Math.min(delay * 2, LONGEST_DELAY)) {
      try {
        return await parts.read();
      } catch {
        // The next try follows; a window without its state has nothing better to do.
        await parts.wait(delay);
        if (stopped) return store.getState();
      }
    }
  };

  const load = async (): Promise<void> => {
    for (let delay = FIRST_DELAY; !stopped; delay = Math.min(delay * 2, LONGEST_DELAY)) {
      const snapshot = await readOnce();
      if (stopped) return;
      if (snapshot.rev >= store.getState().rev) store.setState(snapshot, true);
      const missing = replay();
      if (!missing) return;
      await parts.wait(delay);
    }
  };

  /** Applies what was held, in order; true when one is missing and the slice has to be read again. */
  const replay = (): boolean => {
    const late = [...(held ?? [])].sort((a, b) => a.rev - b.rev);
    let { rev, state } = store.getState();
    for (const [index, event] of late.entries()) {
      if (event.rev <= rev) continue;
      if (event.rev > rev + 1) {
        held = late.slice(index);
        store.setState({ rev, state }, true);
        return true;
      }
      rev = event.rev;
      state = parts.apply(state, event);
    }
    held = null;
    store.setState({ rev, state }, true);
    return false;
  };

  const take = (event: E): void => {
    if (stopped) return;
    if (held !== null) {
      held.push(event);
      return;
    }
    const { rev, state } = store.getState();
    if (event.rev <= rev) return;
    if (event.rev > rev + 1) {
      held = [event];
      void load();
      return;
    }
    store.setState({ rev: event.rev, state: parts.apply(state, event) }, true);
  };

  const off = parts.subscribe(take);
  return {
    store,
    ready: load(),
    stop: () => {
      stopped = true;
      off();
    },
  };
};
