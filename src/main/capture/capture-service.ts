import { assertNever } from '../../shared/assert-never';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { CaptureKind, CaptureView, Frame, PixelRect } from '../../shared/model/capture';
import type { CaptureRegion, CaptureSettings } from '../../shared/model/settings';
import type { QueueInput } from '../queue';
import { createAsking, type Answer, type AskingDeps, type Question } from './asking';
import { centredPlace, editorPlace, EDITOR_MIN, fitsInside, placeRegion } from './geometry';
import { screenshotName } from './names';
import { pngSize } from './png';
import type { DisplayView, Refusal, ScreensPort, SeenDisplay, Size } from './ports';

export type CaptureDeps = AskingDeps & {
  readonly screens: ScreensPort;
  readonly settings: () => CaptureSettings;
  /** Keeps it for "the last region again"; must not throw. */
  readonly remember: (region: CaptureRegion) => void;
  readonly look: () => Omit<CaptureView, 'task'>;
  /** Puts the picture on disk. */
  readonly keep: (name: string, png: Uint8Array) => Promise<QueueInput>;
};

/** The calls that a capture's own windows make. */
export type Capturing = {
  view(token: string): CaptureView;
  frame(token: string): Frame;
  windowFrame(token: string, id: string, about: Size | null): Promise<Frame>;
  ready(token: string): void;
  here(token: string): void;
  /** Throws for bytes that are no PNG, and for a part outside what the window was shown. */
  take(token: string, png: Uint8Array, part: PixelRect | null): void;
  elapsed(token: string): void;
  cancel(token: string): void;
};

export interface Capture {
  /**
   * Captures and hands the picture to `upload`. Resolves when the job is on disk, and when the person gave up. Rejects with `PicferryError` when
   * nothing can be captured. While one capture goes on, another start leads back to it.
   */
  start(kind: CaptureKind, upload: (inputs: readonly QueueInput[]) => Promise<unknown>): Promise<void>;
  readonly windows: Capturing;
}

type Taken = Extract<Answer, { kind: 'taken' }>;

const NOTE: Size = { width: 320, height: 72 };
const CHOOSER: Size = { width: 760, height: 540 };

/** What is on top of a window's place needs this long to be gone from the screen. */
const SETTLE_MS = 180;

const refusalMessage = (refusal: Refusal): string => {
  switch (refusal) {
    case 'mac':
      return 'captureRefusedMac';
    case 'wayland':
      return 'captureRefusedWayland';
    case 'system':
      return 'captureRefused';
    default:
      return assertNever(refusal);
  }
};

const taken = (answer: Answer | null): Taken | null => (answer?.kind === 'taken' ? answer : null);

export const createCapture = (deps: CaptureDeps): Capture => {
  const { screens } = deps;
  const asking = createAsking(deps);
  let current: Promise<void> | null = null;

  const fail = (message: string): never => {
    throw new PicferryError(problemOf({ kind: 'file', sub: message, message }, deps.now()));
  };

  const grab = async (displays: readonly DisplayView[]): Promise<readonly SeenDisplay[]> => {
    const seen = await screens.grab(displays);
    return seen.length > 0 ? seen : fail(refusalMessage(screens.wouldRefuse()));
  };

  const region = async (): Promise<Taken | null> => {
    const seen = await grab(screens.displays());
    const { lastRegion } = deps.settings();
    const question = (each: SeenDisplay): Question => ({
      page: 'overlay',
      place: { kind: 'cover', bounds: each.display.bounds },
      seen: each,
      task: { kind: 'region', last: placeRegion(lastRegion, [each.display])?.part ?? null },
    });
    const answer = taken(await asking.ask(seen.map(question)));
    if (answer?.part && answer.display !== null) deps.remember({ display: answer.display, ...answer.part });
    return answer;
  };

  const make = async (display: DisplayView, part: PixelRect | null): Promise<Taken | null> => {
    const [seen] = await grab([display]);
    if (seen === undefined) return null;
    const fits = part !== null && fitsInside(part, seen.frame) ? part : null;
    return taken(await asking.ask([{ page: 'overlay', place: { kind: 'hidden' }, seen, task: { kind: 'make', part: fits } }]));
  };

  const lastRegion = (): Promise<Taken | null> => {
    const found = placeRegion(deps.settings().lastRegion, screens.displays());
    return found === null ? region() : make(found.display, found.part);
  };

  const window = async (): Promise<Taken | null> => {
    const windows = await screens.windows();
    if (windows.length === 0) return fail(screens.wouldRefuse() === 'wayland' ? 'captureRefusedWayland' : 'captureNoWindows');
    const bounds = centredPlace(screens.current(), CHOOSER, 'middle');
    const question: Question = {
      page: 'overlay',
      place: { kind: 'window', bounds, min: { width: 420, height: 320 } },
      grabWindow: (id, about) => (windows.some((each) => each.id === id) ? screens.grabWindow(id, about) : Promise.resolve(null)),
      task: { kind: 'windows', windows },
    };
    return taken(await asking.ask([question]));
  };

  const picture = (kind: CaptureKind): Promise<Taken | null> => {
    switch (kind) {
      case 'region':
        return region();
      case 'last-region':
        return lastRegion();
      case 'screen':
        return make(screens.current(), null);
      case 'window':
        return window();
      default:
        return assertNever(kind);
    }
  };

  const settle = (): Promise<void> => new Promise((resolve) => void deps.after(SETTLE_MS, resolve));

  /** False when the person stopped it. */
  const countdown = async (seconds: number): Promise<boolean> => {
    const bounds = centredPlace(screens.current(), NOTE, 'top');
    const answer = await asking.ask([{ page: 'overlay', place: { kind: 'note', bounds }, task: { kind: 'countdown', seconds } }]);
    if (answer === null) return false;
    await settle();
    return true;
  };

  const edited = async (png: Uint8Array): Promise<Uint8Array | null> => {
    const bounds = editorPlace(pngSize(png) ?? EDITOR_MIN, screens.current());
    const answer = await asking.ask([{ page: 'editor', place: { kind: 'window', bounds, min: EDITOR_MIN }, task: { kind: 'edit', png } }]);
    return taken(answer)?.png ?? null;
  };

  const run = async (kind: CaptureKind, upload: Parameters<Capture['start']>[1]): Promise<void> => {
    const refusal = screens.refusedBy();
    if (refusal !== null) fail(refusalMessage(refusal));
    const { delaySeconds, edit } = deps.settings();
    if (delaySeconds > 0 && !(await countdown(delaySeconds))) return;
    const answer = await picture(kind);
    if (answer === null) return;
    const at = deps.now();
    const png = edit ? await edited(answer.png) : answer.png;
    if (png === null) return;
    await upload([await deps.keep(screenshotName(at), png)]);
  };

  return {
    async start(kind, upload) {
      if (current !== null) {
        asking.focus();
        return current;
      }
      current = run(kind, upload);
      try {
        await current;
      } finally {
        current = null;
      }
    },
    windows: {
      view: (token) => ({ ...deps.look(), task: asking.open(token).question.task }),
      frame: (token) => asking.open(token).question.seen?.frame ?? fail('captureGone'),
      windowFrame: async (token, id, about) => {
        const { question, page } = asking.open(token);
        // Without a compositor the picture of a window has holes where others lie over it.
        page.hide();
        await settle();
        const frame = (await question.grabWindow?.(id, about)) ?? null;
        if (frame !== null) return frame;
        page.show();
        return fail('captureGone');
      },
      ready: asking.ready,
      here: (token) => asking.open(token).page.focus(),
      take: (token, png, part) => {
        const { question, answer } = asking.open(token);
        const frame = question.seen?.frame;
        if (pngSize(png) === null || (part !== null && (frame === undefined || !fitsInside(part, frame)))) throw new TypeError('not a picture of what was shown');
        answer({ kind: 'taken', png, part, display: question.seen?.display.id ?? null });
      },
      elapsed: (token) => {
        const { question, answer } = asking.open(token);
        if (question.task.kind === 'countdown') answer({ kind: 'elapsed' });
      },
      cancel: (token) => asking.open(token).answer(null),
    },
  };
};
