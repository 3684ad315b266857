import { expect, test } from 'vitest';
import { PicferryError } from '../../lib/picferry-error';
import type { CaptureRegion, CaptureSettings } from '../../shared/model/settings';
import { createCapture } from './capture-service';
import type { DisplayView, PageOptions, Refusal, SeenDisplay } from './ports';

const png = (width: number, height: number): Uint8Array => {
  const bytes = Buffer.alloc(40);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
};

const display = (id: string, x: number, width: number, height: number, scale = 1): DisplayView => {
  const bounds = { x, y: 0, width, height };
  return { id, bounds, workArea: bounds, pixels: { width: width * scale, height: height * scale } };
};
const left = display('left', 0, 800, 600);
const right = display('right', 800, 640, 400, 2);

type Options = { readonly settings?: Partial<CaptureSettings>; readonly refused?: Refusal; readonly seen?: readonly DisplayView[] };

/** A desktop with two displays, whose windows a test answers in place of a person. */
const bench = ({ settings = {}, refused, seen = [left, right] }: Options = {}) => {
  let kept: CaptureSettings = { delaySeconds: 0, edit: false, lastRegion: null, ...settings };
  let ids = 0;
  const pages: (PageOptions & { shown: boolean; focused: number; closed: boolean; gone: (crashed: boolean) => void })[] = [];
  const uploaded: string[] = [];
  const timers: { readonly ms: number; readonly act: () => void }[] = [];
  const frameOf = (each: DisplayView): SeenDisplay => ({ display: each, frame: { ...each.pixels, pixels: new Uint8Array(each.pixels.width * each.pixels.height * 4) } });
  const capture = createCapture({
    screens: {
      displays: () => seen,
      current: () => seen[0] ?? left,
      refusedBy: () => refused ?? null,
      wouldRefuse: () => 'system',
      grab: async (wanted) => wanted.filter((each) => seen.includes(each)).map(frameOf),
      windows: async () => [{ id: 'window:1', title: 'Editor', picture: 'data:,' }],
      grabWindow: async (_id, about) => ({ width: about?.width ?? 1, height: about?.height ?? 1, pixels: new Uint8Array(4) }),
    },
    pages: {
      open: (options) => {
        const page = { ...options, shown: false, focused: 0, closed: false, gone: () => undefined };
        pages.push(page);
        return {
          show: () => void (page.shown = true),
          hide: () => void (page.shown = false),
          focus: () => void (page.focused += 1),
          close: () => void (page.closed = true),
          onGone: (listener) => void (page.gone = listener as () => undefined),
        };
      },
    },
    settings: () => kept,
    remember: (region: CaptureRegion) => void (kept = { ...kept, lastRegion: region }),
    look: () => ({ language: 'en', theme: 'light' }),
    keep: async (name, bytes) => ({ type: 'kept', path: `/${bytes.byteLength}`, name }),
    newId: () => `token-${(ids += 1)}`,
    after: (ms, act) => {
      const timer = { ms, act };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer), 1);
    },
    now: () => new Date(2026, 0, 5, 7, 8, 9).getTime(),
  });
  const start = (kind: Parameters<typeof capture.start>[0]) => capture.start(kind, async (inputs) => void uploaded.push(...inputs.map((input) => (input.type === 'kept' ? input.name : input.type))));
  const opened = async (count: number) => {
    await expect.poll(() => pages.filter(({ closed }) => !closed).length).toBe(count);
    return pages.filter(({ closed }) => !closed);
  };
  return { capture, start, pages, opened, uploaded, timers, settings: () => kept };
};

const problemOf = async (work: Promise<void>): Promise<string> => {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof PicferryError) return error.problem.message;
  throw error instanceof Error ? error : new Error('nothing was wrong');
};

test('a region is asked for on every display, taken on one, remembered and uploaded', async () => {
  const { capture, start, opened, uploaded, pages, settings } = bench();
  const done = start('region');
  const [first, second] = await opened(2);
  expect([first?.place, second?.place]).toEqual([{ kind: 'cover', bounds: left.bounds }, { kind: 'cover', bounds: right.bounds }]);
  expect(first?.shown).toBe(false);
  capture.windows.ready(first?.token ?? '');
  expect(first?.shown).toBe(true);
  expect(capture.windows.frame(second?.token ?? '')).toMatchObject({ width: 1280, height: 800 });
  const part = { x: 1000, y: 700, width: 280, height: 100 };
  capture.windows.take(second?.token ?? '', png(280, 100), part);
  await done;
  expect(uploaded).toEqual(['screenshot-20260105-070809.png']);
  expect(settings().lastRegion).toEqual({ display: 'right', ...part });
  expect(pages.every(({ closed }) => closed)).toBe(true);
});

test('bytes that are no picture, and parts outside what was shown, are refused and nothing is closed', async () => {
  const { capture, start, opened } = bench();
  const done = start('region');
  const [first] = await opened(2);
  const token = first?.token ?? '';
  expect(() => capture.windows.take(token, new Uint8Array(50), null)).toThrow(TypeError);
  expect(() => capture.windows.take(token, png(1, 1), { x: 799, y: 0, width: 2, height: 1 })).toThrow(TypeError);
  await opened(2);
  capture.windows.cancel(token);
  await done;
});

test('giving up, on one display or by closing a window, uploads nothing and closes all', async () => {
  const { capture, start, opened, uploaded, settings } = bench();
  const cancelled = start('region');
  capture.windows.cancel((await opened(2))[1]?.token ?? '');
  await cancelled;
  const closed = start('window');
  (await opened(1))[0]?.gone(false);
  await closed;
  expect(uploaded).toEqual([]);
  expect(settings().lastRegion).toBeNull();
  await opened(0);
});

test('a window that breaks or is never drawn ends the capture with an error instead of covering the screen', async () => {
  const broken = bench();
  const work = broken.start('region');
  (await broken.opened(2))[0]?.gone(true);
  await expect(work).rejects.toThrow('broke');
  await broken.opened(0);
  const slow = bench();
  const waits = slow.start('screen');
  await slow.opened(1);
  slow.timers.forEach(({ act }) => act());
  await expect(waits).rejects.toThrow('broke');
  await slow.opened(0);
});

test('a token is worth nothing once its window is closed', async () => {
  const { capture, start, opened } = bench();
  const done = start('screen');
  const token = (await opened(1))[0]?.token ?? '';
  capture.windows.take(token, png(800, 600), null);
  await done;
  expect(() => capture.windows.frame(token)).toThrow(PicferryError);
  expect(() => capture.windows.take(token, png(1, 1), null)).toThrow(PicferryError);
});

test('the last region is captured without being asked for, and asked for when its display is gone', async () => {
  const lastRegion = { display: 'right', x: 10, y: 20, width: 30, height: 40 };
  const { capture, start, opened } = bench({ settings: { lastRegion } });
  const done = start('last-region');
  const [maker] = await opened(1);
  expect(maker?.place).toEqual({ kind: 'hidden' });
  expect(capture.windows.view(maker?.token ?? '').task).toEqual({ kind: 'make', part: { x: 10, y: 20, width: 30, height: 40 } });
  capture.windows.take(maker?.token ?? '', png(30, 40), null);
  await done;
  const alone = bench({ settings: { lastRegion }, seen: [left] });
  const asked = alone.start('last-region');
  const [overlay] = await alone.opened(1);
  expect(alone.capture.windows.view(overlay?.token ?? '').task).toEqual({ kind: 'region', last: null });
  alone.capture.windows.cancel(overlay?.token ?? '');
  await asked;
});

test('a second start leads back to the capture that goes on', async () => {
  const { capture, start, opened, pages, uploaded } = bench();
  const first = start('region');
  const [overlay] = await opened(2);
  const second = start('screen');
  expect(overlay?.focused).toBe(1);
  expect(pages.length).toBe(2);
  capture.windows.take(overlay?.token ?? '', png(4, 4), { x: 0, y: 0, width: 4, height: 4 });
  await Promise.all([first, second]);
  expect(uploaded.length).toBe(1);
});

test('the countdown comes before the picture and can be stopped', async () => {
  const { capture, start, opened, timers, uploaded } = bench({ settings: { delaySeconds: 3 } });
  const stopped = start('screen');
  const [note] = await opened(1);
  expect(capture.windows.view(note?.token ?? '').task).toEqual({ kind: 'countdown', seconds: 3 });
  capture.windows.cancel(note?.token ?? '');
  await stopped;
  const done = start('screen');
  const [again] = await opened(1);
  capture.windows.elapsed(again?.token ?? '');
  // The countdown's own window leaves the screen before the picture is taken.
  await expect.poll(() => timers.length).toBe(1);
  timers[0]?.act();
  const [maker] = await opened(1);
  capture.windows.take(maker?.token ?? '', png(800, 600), null);
  await done;
  expect(uploaded.length).toBe(1);
});

test('with editing on, what the editor made is uploaded, and leaving it uploads nothing', async () => {
  const { capture, start, opened, uploaded } = bench({ settings: { edit: true } });
  const go = async () => {
    const done = start('screen');
    capture.windows.take((await opened(1))[0]?.token ?? '', png(800, 600), null);
    await expect.poll(async () => (await opened(1))[0]?.page).toBe('editor');
    return { done, token: (await opened(1))[0]?.token ?? '' };
  };
  const left = await go();
  expect(capture.windows.view(left.token).task.kind).toBe('edit');
  capture.windows.cancel(left.token);
  await left.done;
  expect(uploaded).toEqual([]);
  const kept = await go();
  capture.windows.take(kept.token, png(10, 10), null);
  await kept.done;
  expect(uploaded.length).toBe(1);
});

test('only windows that were listed can be captured, and the list is off the screen meanwhile', async () => {
  const { capture, start, opened, pages, timers } = bench();
  const done = start('window');
  const token = (await opened(1))[0]?.token ?? '';
  const gone = async (): Promise<void> => {
    expect(pages[0]?.shown).toBe(false);
    timers.pop()?.act();
  };
  const foreign = capture.windows.windowFrame(token, 'window:2', null);
  await gone();
  await expect(foreign).rejects.toThrow(PicferryError);
  expect(pages[0]?.shown).toBe(true);
  const frame = capture.windows.windowFrame(token, 'window:1', { width: 3, height: 2 });
  await gone();
  expect(await frame).toMatchObject({ width: 3, height: 2 });
  capture.windows.cancel(token);
  await done;
});

test('a refusal says what to allow, and the next start tries again', async () => {
  expect(await problemOf(bench({ refused: 'mac' }).start('region'))).toBe('captureRefusedMac');
  expect(await problemOf(bench({ refused: 'wayland' }).start('screen'))).toBe('captureRefusedWayland');
  const blind = bench({ seen: [] });
  expect(await problemOf(blind.start('region'))).toBe('captureRefused');
  expect(await problemOf(blind.start('region'))).toBe('captureRefused');
});
