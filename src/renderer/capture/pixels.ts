import type { Frame, PixelRect } from '../../shared/model/capture';

/** Pixels as a canvas takes them: red, green, blue, alpha. */
export type Rgba = { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray<ArrayBuffer> };

const OPAQUE = 0xff00_0000;

/** A part of a frame, every pixel as it was on the screen and opaque. The part lies inside the frame. */
export const cropToRgba = ({ width, pixels }: Pick<Frame, 'width' | 'pixels'>, part: PixelRect): Rgba => {
  // Rows may begin anywhere in the buffer they came in; words must not.
  const aligned = pixels.byteOffset % 4 === 0 ? pixels : pixels.slice();
  const from = new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength >> 2);
  const to = new Uint32Array(part.width * part.height);
  let at = 0;
  for (let y = part.y; y < part.y + part.height; y += 1) {
    const row = y * width + part.x;
    for (let x = row; x < row + part.width; x += 1) {
      const bgra = from[x] ?? 0;
      to[at] = (bgra & 0xff00) | ((bgra >>> 16) & 0xff) | ((bgra & 0xff) << 16) | OPAQUE;
      at += 1;
    }
  }
  return { width: part.width, height: part.height, data: new Uint8ClampedArray(to.buffer) };
};

/** Every block becomes one colour, its average: what was in it cannot be had back. Blocks at the edges may be smaller. */
export const pixelate = ({ width, height, data }: Rgba, block: number): void => {
  for (let top = 0; top < height; top += block) {
    for (let left = 0; left < width; left += block) flatten(data, width, { x: left, y: top, width: Math.min(block, width - left), height: Math.min(block, height - top) });
  }
};

const flatten = (data: Uint8ClampedArray, stride: number, { x, y, width, height }: PixelRect): void => {
  const sums = [0, 0, 0];
  const each = (act: (at: number) => void): void => {
    for (let row = y; row < y + height; row += 1) for (let column = x; column < x + width; column += 1) act((row * stride + column) * 4);
  };
  each((at) => {
    for (let channel = 0; channel < 3; channel += 1) sums[channel] = (sums[channel] ?? 0) + (data[at + channel] ?? 0);
  });
  const count = width * height;
  each((at) => {
    for (let channel = 0; channel < 3; channel += 1) data[at + channel] = Math.round((sums[channel] ?? 0) / count);
    data[at + 3] = 255;
  });
};

/** The picture as a PNG file, made away from this thread. */
export const toPng = async (canvas: HTMLCanvasElement): Promise<Uint8Array> => {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) throw new Error('the picture could not be made');
  return new Uint8Array(await blob.arrayBuffer());
};

/** A canvas that keeps to this thread's memory, where reading costs nothing. */
export const context2d = (canvas: HTMLCanvasElement): CanvasRenderingContext2D => {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('no canvas');
  return context;
};

export const partToPng = (frame: Frame, part: PixelRect): Promise<Uint8Array> => {
  const { width, height, data } = cropToRgba(frame, part);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  context2d(canvas).putImageData(new ImageData(data, width, height), 0, 0);
  return toPng(canvas);
};

export const wholeOf = ({ width, height }: { readonly width: number; readonly height: number }): PixelRect => ({ x: 0, y: 0, width, height });
