import type { Timers } from '../queue';

export type Drawing = { readonly id: string; readonly address: string; readonly kind: 'image' | 'video' };

/** What became of a row: it has its thumbnail or can have none, or only the window can draw it. */
export type Tried = { readonly draw: Drawing | null };

export type WantedThumbsDeps = {
  /** Tries one row. Never rejects. */
  readonly tryOne: (id: string) => Promise<Tried>;
  /** Settles when the thumbnail that is being made already was tried; undefined when none is. */
  readonly making: (id: string) => Promise<void> | undefined;
  readonly timers: Timers;
};

export type Wanted = { readonly page: readonly Drawing[]; readonly later: readonly string[] };

/** Rows tried side by side. */
const AT_ONCE = 3;
/** What there is to draw waits no longer than this for more of it. */
const BUNDLE_MS = 150;
const LONGEST_MS = 8_000;

type Call = { readonly open: Set<string>; readonly page: Drawing[]; readonly settle: () => void };

/** The rows on screen: whoever asks for others gives up those that were not begun yet. */
export interface WantedThumbs {
  /** Resolves when all were tried, or earlier with those still open as `later`: then there is something to draw, others were asked for, or it took long. */
  want(ids: readonly string[]): Promise<Wanted>;
  close(): void;
}

export function createWantedThumbs({ tryOne, making, timers }: WantedThumbsDeps): WantedThumbs {
  let waiting: string[] = [];
  let call: Call | null = null;
  const running = new Set<string>();

  const done = (id: string, { draw }: Tried): void => {
    running.delete(id);
    if (call?.open.delete(id) === true) {
      if (draw !== null) {
        call.page.push(draw);
        if (call.page.length === 1) timers.after(BUNDLE_MS, call.settle);
      }
      if (call.open.size === 0) call.settle();
    }
    pump();
  };
  const pump = (): void => {
    while (running.size < AT_ONCE) {
      const at = waiting.findIndex((id) => !running.has(id));
      const [id] = at < 0 ? [] : waiting.splice(at, 1);
      if (id === undefined) return;
      running.add(id);
      void tryOne(id).then((tried) => done(id, tried));
    }
  };

  return {
    want: (ids) =>
      new Promise((resolve) => {
        call?.settle();
        const open = new Set(ids);
        const page: Drawing[] = [];
        let settled = false;
        let stopClock: () => void = () => undefined;
        const mine: Call = {
          open,
          page,
          settle: () => {
            if (settled) return;
            settled = true;
            stopClock();
            if (call === mine) call = null;
            resolve({ page, later: [...open] });
          },
        };
        call = mine;
        waiting = [];
        stopClock = timers.after(LONGEST_MS, mine.settle);
        for (const id of open) {
          const under = making(id);
          if (under === undefined) {
            // What is under way for an earlier call is not begun again: its end counts for this one.
            if (!running.has(id)) waiting.push(id);
            continue;
          }
          void under.then(() => {
            if (!open.has(id) || call !== mine) return;
            waiting.push(id);
            pump();
          });
        }
        if (open.size === 0) mine.settle();
        pump();
      }),
    close: () => {
      waiting = [];
      call?.settle();
    },
  };
}
