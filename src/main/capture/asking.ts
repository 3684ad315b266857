import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { CaptureTask, Frame, PixelRect } from '../../shared/model/capture';
import type { CapturePage, PageOptions, PagesPort, SeenDisplay, Size } from './ports';

/** What the person gave: a picture, or the end of a countdown. */
export type Answer =
  | { readonly kind: 'taken'; readonly png: Uint8Array; readonly part: PixelRect | null; readonly display: string | null }
  | { readonly kind: 'elapsed' };

export type Question = Omit<PageOptions, 'token'> & {
  readonly task: CaptureTask;
  /** The display whose pixels the page gets. */
  readonly seen?: SeenDisplay;
  /** Gives the pixels of another program's window. */
  readonly grabWindow?: (id: string, about: Size | null) => Promise<Frame | null>;
};

/** One window that asks. */
type Open = {
  readonly question: Question;
  readonly page: CapturePage;
  readonly answer: (answer: Answer | null) => void;
};

export type AskingDeps = {
  readonly pages: PagesPort;
  readonly newId: () => string;
  /** Runs `act` later; returns what stops it. */
  readonly after: (ms: number, act: () => void) => () => void;
  readonly now: () => number;
};

/** A page that is not drawn within this time never will be. */
const READY_LIMIT_MS = 15_000;

/** The windows of a capture that are open now, by their tokens. */
export interface Asking {
  /**
   * Opens these windows and resolves with the first answer, null when the person gave up; all are closed then.
   * Rejects when one of them broke.
   */
  ask(questions: readonly Question[]): Promise<Answer | null>;
  /** Throws for a window that is not open any more. */
  open(token: string): Open;
  /** The page of this window is drawn. */
  ready(token: string): void;
  /** Gives the keyboard to what is open. */
  focus(): void;
}

export const createAsking = (deps: AskingDeps): Asking => {
  const openNow = new Map<string, Open>();
  const waiting = new Map<string, () => void>();

  const ask: Asking['ask'] = async (questions) => {
    const tokens = questions.map(() => deps.newId());
    const end = (): void => {
      for (const token of tokens) {
        waiting.get(token)?.();
        waiting.delete(token);
        openNow.get(token)?.page.close();
        openNow.delete(token);
      }
    };
    try {
      return await new Promise<Answer | null>((resolve, reject) => {
        const broken = (): void => reject(new Error('a window of the capture broke'));
        questions.forEach((question, index) => {
          const token = tokens[index] ?? '';
          const page = deps.pages.open({ page: question.page, place: question.place, token });
          page.onGone((crashed) => (crashed ? broken() : resolve(null)));
          openNow.set(token, { question, page, answer: resolve });
          waiting.set(token, deps.after(READY_LIMIT_MS, broken));
        });
      });
    } finally {
      end();
    }
  };

  const open: Asking['open'] = (token) => {
    const found = openNow.get(token);
    if (found === undefined) throw new PicferryError(problemOf({ kind: 'cancelled', message: 'cancelled' }, deps.now()));
    return found;
  };

  return {
    ask,
    open,
    ready: (token) => {
      const { page, question } = open(token);
      waiting.get(token)?.();
      waiting.delete(token);
      if (question.place.kind !== 'hidden') page.show();
    },
    focus: () => [...openNow.values()].find(({ question }) => question.place.kind !== 'hidden')?.page.focus(),
  };
};
