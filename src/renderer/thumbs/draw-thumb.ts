import { heard, lengthOf } from './video-length';

/** Longest edge of what is drawn, in pixels; main makes it as small as its own. */
const LONGEST_SIDE = 512;
const WAIT_MS = 15_000;
/** A frame whose mean brightness, of 255, is below this says nothing. */
const BLACK = 12;
const SAMPLE_SIDE = 16;
const QUALITY = 0.85;
/** What main takes. */
const MAX_BYTES = 1024 * 1024;

/** Moments to look at, in seconds: a little after the beginning, which is often black, and later ones where that is black, too. */
export const momentsOf = (duration: number): readonly number[] => {
  // What a browser recorded does not say how long it lasts; beyond the end means its last moment.
  if (duration === Infinity) return [1, 5, 0];
  if (!(duration > 0)) return [0];
  return [...new Set([Math.min(1, duration / 10), duration * 0.25, duration * 0.5, 0])];
};

const inTime = <T>(work: Promise<T>): Promise<T> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => (timer = setTimeout(() => reject(new Error('not drawn in time')), WAIT_MS)));
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};

const canvasOf = (source: CanvasImageSource, width: number, height: number, longest: number): HTMLCanvasElement => {
  if (width === 0 || height === 0) throw new Error('nothing to draw');
  const scale = Math.min(1, longest / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  canvas.getContext('2d')?.drawImage(source, 0, 0, canvas.width, canvas.height);
  return canvas;
};

/** Mean of all channels. */
const brightnessOf = (canvas: HTMLCanvasElement): number => {
  const { width, height } = canvas;
  const sample = canvasOf(canvas, width, height, SAMPLE_SIDE);
  const pixels = sample.getContext('2d')?.getImageData(0, 0, sample.width, sample.height).data ?? new Uint8ClampedArray();
  let sum = 0;
  for (let at = 0; at < pixels.length; at += 4) sum += (pixels[at] ?? 0) + (pixels[at + 1] ?? 0) + (pixels[at + 2] ?? 0);
  return sum / Math.max(1, (pixels.length / 4) * 3);
};

type Drawn = { readonly canvas: HTMLCanvasElement; readonly seconds: number | null };

const drawImage = async (address: string): Promise<Drawn> => {
  const image = new Image();
  // Of another scheme than the page: without it the canvas could not be read.
  image.crossOrigin = 'anonymous';
  image.src = address;
  try {
    await inTime(image.decode());
    return { canvas: canvasOf(image, image.naturalWidth, image.naturalHeight, LONGEST_SIDE), seconds: null };
  } finally {
    image.removeAttribute('src');
  }
};

/** The first moment that is not black, else the brightest of them. */
const drawFrame = async (video: HTMLVideoElement): Promise<HTMLCanvasElement> => {
  await heard(video, 'loadeddata');
  let best: { readonly canvas: HTMLCanvasElement; readonly brightness: number } | null = null;
  for (const moment of momentsOf(video.duration)) {
    if (video.currentTime !== moment) {
      const there = heard(video, 'seeked');
      video.currentTime = moment;
      await there;
    }
    const canvas = canvasOf(video, video.videoWidth, video.videoHeight, LONGEST_SIDE);
    const brightness = brightnessOf(canvas);
    if (best === null || brightness > best.brightness) best = { canvas, brightness };
    if (brightness >= BLACK) break;
  }
  if (best === null) throw new Error('no frame');
  return best.canvas;
};

const drawVideo = async (address: string): Promise<Drawn> => {
  const video = document.createElement('video');
  video.crossOrigin = 'anonymous';
  video.muted = true;
  video.preload = 'auto';
  const drawn = inTime(drawFrame(video));
  video.src = address;
  try {
    const canvas = await drawn;
    return { canvas, seconds: await lengthOf(video, inTime) };
  } finally {
    // Without this, the file goes on being read.
    video.removeAttribute('src');
    video.load();
  }
};

/** A small WebP of a picture, or of a moment of a video that is not black, as the window can draw it, and how long a video lasts; null when it cannot. Never rejects. */
export const drawThumb = async (address: string, kind: 'image' | 'video'): Promise<{ readonly bytes: Uint8Array; readonly seconds: number | null } | null> => {
  try {
    const { canvas, seconds } = await (kind === 'image' ? drawImage(address) : drawVideo(address));
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/webp', QUALITY));
    return blob === null || blob.size === 0 || blob.size > MAX_BYTES ? null : { bytes: new Uint8Array(await blob.arrayBuffer()), seconds };
  } catch {
    // Broken or of a kind the window cannot draw: the sign of its kind stands in.
    return null;
  }
};
