import type { NativeImage } from 'electron';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createScreensPort, trueSize, type ScreensParts } from './screens-bodies';
import { placesOfMonitors } from './x-monitors';

type Screen = { readonly id: number; readonly x: number; readonly width: number; readonly height: number; readonly scale: number };

/** A picture as the system gives it: scaled to fit into what was asked for. */
const image = (own: { readonly width: number; readonly height: number }, asked: { readonly width: number; readonly height: number } | undefined): NativeImage => {
  const scale = asked === undefined ? 1 : Math.min(asked.width / own.width, asked.height / own.height);
  const size = { width: Math.round(own.width * scale), height: Math.round(own.height * scale) };
  return { isEmpty: () => false, getSize: () => size, toBitmap: () => Buffer.alloc(size.width * size.height * 4), toJPEG: () => Buffer.from('jpeg') } as unknown as NativeImage;
};

const port = (screens: readonly Screen[], more: Partial<ScreensParts> = {}) => {
  const windows = [{ id: 'window:1', name: 'Notes', width: 301, height: 203 }, { id: 'window:2', name: 'Picferry', width: 800, height: 600 }];
  return createScreensPort({
    getSources: async ({ types, thumbnailSize }) => [
      ...(types.includes('screen') ? screens.map(({ id, width, height, scale }) => ({ id: `screen:${id}`, name: '', display_id: String(id), thumbnail: image({ width: width * scale, height: height * scale }, thumbnailSize) })) : []),
      ...(types.includes('window') ? windows.map(({ id, name, ...own }) => ({ id, name, display_id: '', thumbnail: image(own, thumbnailSize) })) : []),
    ],
    displays: () => screens.map(({ id, x, width, height, scale }) => ({ id, bounds: { x, y: 0, width, height }, workArea: { x, y: 0, width, height }, scaleFactor: scale })),
    primary: () => ({ id: 2 }),
    atPointer: () => ({ id: 1 }),
    toPixels: null,
    monitors: async () => [],
    access: () => null,
    platform: 'linux',
    sessionType: '',
    isOurs: (id) => id === 'window:2',
    ...more,
  });
};

const two: readonly Screen[] = [{ id: 1, x: 0, width: 1280, height: 800, scale: 2 }, { id: 2, x: 1280, width: 1600, height: 900, scale: 1 }];

test('each display comes in its own pixels, the primary one first', async () => {
  const screens = port(two);
  expect(screens.current().id).toBe('1');
  const seen = await screens.grab(screens.displays());
  expect(seen.map(({ display, frame }) => [display.id, frame.width, frame.height])).toEqual([['2', 1600, 900], ['1', 2560, 1600]]);
  expect(seen.every(({ frame }) => frame.pixels.byteLength === frame.width * frame.height * 4)).toBe(true);
});

test('where the system counts pixels itself, its count holds over rounding', () => {
  const fractional: readonly Screen[] = [{ id: 1, x: 0, width: 1707, height: 960, scale: 1.5 }];
  expect(port(fractional).displays()[0]?.pixels).toEqual({ width: 2561, height: 1440 });
  expect(port(fractional, { toPixels: () => ({ x: 0, y: 0, width: 2560, height: 1440 }) }).displays()[0]?.pixels).toEqual({ width: 2560, height: 1440 });
});

test('a desktop that shares one screen by its own dialog gives that one, with the display it fits', async () => {
  const asked: number[] = [];
  const screens = port(two, {
    sessionType: 'wayland',
    getSources: async ({ thumbnailSize }) => {
      asked.push(thumbnailSize?.width ?? 0);
      return [{ id: 'screen:0', name: '', display_id: '', thumbnail: image({ width: 2560, height: 1600 }, thumbnailSize) }];
    },
  });
  expect((await screens.grab(screens.displays())).map(({ display }) => display.id)).toEqual(['1']);
  expect(asked).toEqual([2560]);
  expect(await port(two, { sessionType: 'wayland', getSources: async () => [] }).grab(screens.displays())).toEqual([]);
  expect(screens.wouldRefuse()).toBe('wayland');
});

test('a display that was split into monitors is put together from their pictures', async () => {
  const one: Screen = { id: 1, x: 0, width: 7, height: 3, scale: 1 };
  const left = { x: 0, y: 0, width: 4, height: 3 };
  const right = { x: 4, y: 0, width: 3, height: 3 };
  const shot = (own: { readonly width: number; readonly height: number }, byte: number, asked: { readonly width: number; readonly height: number } | undefined): NativeImage => {
    const picture = image(own, asked);
    return { ...picture, toBitmap: () => Buffer.alloc(picture.getSize().width * picture.getSize().height * 4, byte) } as unknown as NativeImage;
  };
  const split = (monitors: readonly { readonly x: number; readonly y: number; readonly width: number; readonly height: number }[]) =>
    port([one], {
      monitors: async () => monitors,
      getSources: async ({ thumbnailSize }) => [
        { id: 'screen:8', name: 'Screen 1', display_id: '1', thumbnail: shot(left, 1, thumbnailSize) },
        { id: 'screen:9', name: 'Screen 2', display_id: '', thumbnail: shot(right, 2, thumbnailSize) },
      ],
    });
  const seen = async (screens: ReturnType<typeof split>) => (await screens.grab(screens.displays()))[0]?.frame;
  const whole = await seen(split([left, right]));
  expect(whole).toMatchObject({ width: 7, height: 3 });
  expect([0, 3, 4, 6].map((x) => whole?.pixels[7 * 4 + x * 4])).toEqual([1, 1, 2, 2]);
  // What does not add up is shown as it came.
  expect(await seen(split([left]))).toMatchObject({ width: 4, height: 3 });
  expect(await seen(split([left, { ...right, y: 1 }]))).toMatchObject({ width: 4, height: 3 });
});

test('monitors are read from the words of xrandr', () => {
  const said = 'Monitors: 3\n 0: +*DP-1 1920/527x1080/296+0+0  DP-1\n 1: left 800/200x1000/260+1920+0  screen\n 2: +HDMI~1 1280/300x720/200-10+1080 \n';
  expect(placesOfMonitors(said)).toEqual([
    { x: 0, y: 0, width: 1920, height: 1080 },
    { x: 1920, y: 0, width: 800, height: 1000 },
    { x: -10, y: 1080, width: 1280, height: 720 },
  ]);
  expect(placesOfMonitors('Monitors: 0\n')).toEqual([]);
});

test('macOS is asked before anything is captured, and its first question is its own', () => {
  const mac = (access: string) => port(two, { platform: 'darwin', access: () => access }).refusedBy();
  expect(mac('denied')).toBe('mac');
  expect(mac('restricted')).toBe('mac');
  expect(mac('not-determined')).toBeNull();
  expect(mac('granted')).toBeNull();
});

test('our own windows are not offered, and a window comes in its own size', async () => {
  const screens = port(two);
  expect((await screens.windows()).map(({ title }) => title)).toEqual(['Notes']);
  expect(await screens.grabWindow('window:1', { width: 300, height: 202 })).toMatchObject({ width: 301, height: 203 });
  expect(await screens.grabWindow('window:9', null)).toBeNull();
});

test('the true size of a window is found from the even size of its video', () => {
  fc.assert(
    fc.property(fc.integer({ min: 40, max: 1000 }), fc.integer({ min: 40, max: 1000 }), (width, height) => {
      const scale = 2000 / Math.max(width, height);
      const ratio = { width: Math.round(width * scale), height: Math.round(height * scale) };
      const found = trueSize({ width: width - (width % 2), height: height - (height % 2) }, ratio);
      const foundScale = 2000 / Math.max(found.width, found.height);
      expect({ width: Math.round(found.width * foundScale), height: Math.round(found.height * foundScale) }).toEqual(ratio);
    }),
  );
});
