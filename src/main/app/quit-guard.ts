import type { QuitAnswer, QuitWork } from '../platform';

export type QuitGuardDeps = {
  /** What a quit would interrupt. */
  readonly running: () => QuitWork;
  readonly ask: (work: QuitWork) => Promise<QuitAnswer>;
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
      const work = deps.running();
      if (work.uploads === 0 && work.operations === 0) return leave();
      state = 'asking';
      deps.ask(work).then(
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
