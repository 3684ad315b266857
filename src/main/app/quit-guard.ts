import type { QuitAnswer } from '../platform';

export type QuitGuardDeps = {
  /** Uploads that a quit would interrupt. */
  readonly running: () => number;
  readonly ask: (uploads: number) => Promise<QuitAnswer>;
  /** Ends for good; called once. */
  readonly leave: () => void;
};

/** Decides whether Picferry may end: at once when nothing runs, else the person is asked, once at a time. */
export const createQuitGuard = (deps: QuitGuardDeps): { readonly request: () => void } => {
  let state: 'open' | 'asking' | 'leaving' = 'open';
  const leave = (): void => {
    if (state === 'leaving') return;
    state = 'leaving';
    deps.leave();
  };
  return {
    request: () => {
      if (state !== 'open') return;
      const uploads = deps.running();
      if (uploads === 0) return leave();
      state = 'asking';
      deps.ask(uploads).then(
        (answer) => {
          state = 'open';
          if (answer === 'quit') leave();
        },
        // No dialog can be shown: staying would leave a window that cannot be closed.
        leave,
      );
    },
  };
};
