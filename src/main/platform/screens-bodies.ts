import type { DesktopCapturerSource, Display, NativeImage, SourcesOptions } from 'electron';
import type { Frame } from '../../shared/model/capture';
import type { DisplayView, Place, Refusal, ScreensPort, SeenDisplay, Size } from '../capture';
import { joined, type Piece } from './x-monitors';

/** The parts of Electron that this port stands on, alike from 25 to 45 where they exist. */
export type ScreensParts = {
  readonly getSources: (options: SourcesOptions) => Promise<readonly Pick<DesktopCapturerSource, 'id' | 'name' | 'display_id' | 'thumbnail'>[]>;
  readonly displays: () => readonly Pick<Display, 'id' | 'bounds' | 'workArea' | 'scaleFactor'>[];
  readonly primary: () => Pick<Display, 'id'>;
  readonly atPointer: () => Pick<Display, 'id'>;
  /** Windows counts its displays in pixels of their own, which rounding would lose at scales such as 150 %. */
  readonly toPixels: ((bounds: Place) => Place) | null;
  /** The monitors of an X server, in the order in which `getSources` has them; none elsewhere. */
  readonly monitors: () => Promise<readonly Place[]>;
  /** The system's word on recording the screen; null where it has none. */
  readonly access: () => string | null;
  readonly platform: string;
  readonly sessionType: string;
  /** Our own windows are no windows of other programs. */
  readonly isOurs: (sourceId: string) => boolean;
};

const SMALL: Size = { width: 320, height: 200 };
/** The system scales a window's picture up to this, from which the true sides' ratio can be read. */
const RATIO_SIDE = 2000;

const same = (a: Size, b: Size): boolean => a.width === b.width && a.height === b.height;

const frameOf = (image: NativeImage): Frame => {
  const { width, height } = image.getSize();
  return { width, height, pixels: image.toBitmap() };
};

/** The size a source of this size has after being fitted into a square. */
const fitted = ({ width, height }: Size, side: number): Size => {
  const scale = side / Math.max(width, height);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
};

/**
 * A window's true size. Video, which measured `about`, has even sides only; the sides' ratio tells which of the next odd
 * ones are meant. Null `about`: the ratio's own picture is as good as it gets.
 */
export const trueSize = (about: Size | null, ratio: Size): Size => {
  if (about === null) return ratio;
  const candidates = [0, 1].flatMap((dx) => [0, 1].map((dy) => ({ width: about.width + dx, height: about.height + dy })));
  const off = (size: Size): number => {
    const { width, height } = fitted(size, RATIO_SIDE);
    return Math.abs(width - ratio.width) + Math.abs(height - ratio.height);
  };
  return candidates.reduce((best, size) => (off(size) < off(best) ? size : best));
};

export const createScreensPort = (parts: ScreensParts): ScreensPort => {
  const viewOf = (display: Pick<Display, 'id' | 'bounds' | 'workArea' | 'scaleFactor'>): DisplayView => {
    const { id, bounds, workArea, scaleFactor } = display;
    const exact = parts.toPixels?.(bounds);
    const pixels = exact ?? { width: Math.round(bounds.width * scaleFactor), height: Math.round(bounds.height * scaleFactor) };
    return { id: String(id), bounds, workArea, pixels: { width: pixels.width, height: pixels.height } };
  };

  const displays = (): readonly DisplayView[] => {
    const first = String(parts.primary().id);
    return parts
      .displays()
      .map(viewOf)
      .sort((a, b) => Number(b.id === first) - Number(a.id === first));
  };

  /** A picture of one display only, chosen in the desktop's own dialog: it is that display's whose shape it has. */
  const shared = async (wanted: readonly DisplayView[]): Promise<readonly SeenDisplay[]> => {
    const largest = wanted.reduce((a, b) => (b.pixels.width > a.pixels.width ? b : a));
    const [source] = await parts.getSources({ types: ['screen'], thumbnailSize: largest.pixels });
    if (source === undefined || source.thumbnail.isEmpty()) return [];
    const frame = frameOf(source.thumbnail);
    const display = wanted.find(({ id }) => id === source.display_id) ?? wanted.find(({ pixels }) => same(pixels, frame)) ?? largest;
    return [{ display, frame }];
  };

  /**
   * A display in which monitors were declared (`xrandr --setmonitor`, as people split wide screens): Chromium lists the one
   * display, and its capturer gives a picture of each of the monitors. Null when they do not make up the display.
   */
  const ofMonitors = async ({ bounds, pixels }: DisplayView): Promise<Frame | null> => {
    const scale = pixels.width / bounds.width;
    const whole = { x: Math.round(bounds.x * scale), y: Math.round(bounds.y * scale), ...pixels };
    const monitors = await parts.monitors();
    const pieces: Piece[] = [];
    for (const [index, place] of monitors.entries()) {
      const sources = await parts.getSources({ types: ['screen'], thumbnailSize: { width: place.width, height: place.height } });
      const source = sources.length === monitors.length ? sources[index] : undefined;
      if (source !== undefined && place.x >= whole.x && place.x < whole.x + whole.width) pieces.push({ place, frame: frameOf(source.thumbnail) });
    }
    return joined(whole, pieces);
  };

  const grab = async (wanted: readonly DisplayView[]): Promise<readonly SeenDisplay[]> => {
    if (wanted.length === 0) return [];
    if (parts.sessionType === 'wayland') return shared(wanted);
    // The system scales every display's picture to the one size asked for, so each size is asked for by itself.
    const sizes = wanted.filter((display, index) => wanted.findIndex(({ pixels }) => same(pixels, display.pixels)) === index);
    const seen: SeenDisplay[] = [];
    for (const { pixels } of sizes) {
      const sources = await parts.getSources({ types: ['screen'], thumbnailSize: pixels });
      for (const display of wanted.filter((each) => same(each.pixels, pixels))) {
        const source = sources.find((each) => each.display_id === display.id) ?? (wanted.length === 1 && sources.length === 1 ? sources[0] : undefined);
        if (source === undefined || source.thumbnail.isEmpty()) continue;
        const frame = frameOf(source.thumbnail);
        seen.push({ display, frame: same(frame, pixels) ? frame : ((await ofMonitors(display)) ?? frame) });
      }
    }
    return wanted.flatMap((display) => seen.filter((each) => each.display === display));
  };

  const windowPicture = async (id: string, size: Size): Promise<NativeImage | null> => {
    const found = (await parts.getSources({ types: ['window'], thumbnailSize: size })).find((each) => each.id === id)?.thumbnail;
    return found === undefined || found.isEmpty() ? null : found;
  };

  const wouldRefuse = (): Refusal => {
    if (parts.platform === 'darwin') return 'mac';
    return parts.sessionType === 'wayland' ? 'wayland' : 'system';
  };

  return {
    displays,
    current: () => {
      const all = displays();
      const found = all.find(({ id }) => id === String(parts.atPointer().id)) ?? all[0];
      if (found === undefined) throw new Error('there is no display');
      return found;
    },
    // macOS asks the person at the first try ("not-determined"); after a "no" it gives pictures without windows.
    refusedBy: () => (parts.platform === 'darwin' && ['denied', 'restricted'].includes(parts.access() ?? '') ? 'mac' : null),
    wouldRefuse,
    grab,
    windows: async () => {
      const sources = await parts.getSources({ types: ['window'], thumbnailSize: SMALL });
      return sources
        .filter(({ id, thumbnail }) => !parts.isOurs(id) && !thumbnail.isEmpty())
        .map(({ id, name, thumbnail }) => ({ id, title: name, picture: `data:image/jpeg;base64,${thumbnail.toJPEG(80).toString('base64')}` }));
    },
    grabWindow: async (id, about) => {
      const ratio = await windowPicture(id, { width: RATIO_SIDE, height: RATIO_SIDE });
      if (ratio === null) return null;
      const size = trueSize(about, ratio.getSize());
      const picture = same(size, ratio.getSize()) ? ratio : await windowPicture(id, size);
      return picture === null ? null : frameOf(picture);
    },
  };
};
