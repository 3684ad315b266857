import { randomBytes } from 'node:crypto';
import sharp from 'sharp';

const PLACE = { GPSLatitudeRef: 'N', GPSLatitude: '39/1 54/1 27/1', GPSLongitudeRef: 'E', GPSLongitude: '116/1 23/1 17/1' };

/** A scene of a sky and a sea with a light, as PNG lines are cheap to draw: `width` × `height` as it lies in the file. */
const scene = (width: number, height: number): Buffer =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><linearGradient id="s" x2="0" y2="1"><stop stop-color="#0b3d66"/><stop offset=".55" stop-color="#f4b37a"/><stop offset=".56" stop-color="#13536b"/><stop offset="1" stop-color="#06222e"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#s)"/><circle cx="70%" cy="42%" r="8%" fill="#fff2c9"/><path d="M${width * 0.15} ${height * 0.6} h${width * 0.3} l-${width * 0.05} ${height * 0.08} h-${width * 0.2} z" fill="#f6f6f2"/></svg>`);

/** A photo as a phone makes it: lying on its side with a note that says so, with place and camera in it. Shown, it is `height` × `width`. */
export const phonePhoto = (width = 640, height = 480): Promise<Buffer> =>
  sharp(scene(height, width))
    .rotate(270)
    .jpeg({ quality: 90 })
    .withExif({ IFD0: { Make: 'Picferry Cameras', Model: 'P1', Artist: 'Somebody' }, IFD2: { DateTimeOriginal: '2026:05:02 19:04:05', LensModel: 'F2' }, IFD3: PLACE })
    .withMetadata({ orientation: 6 })
    .toBuffer();

/** A photo of about so many bytes that can be made much smaller. */
export const largePhoto = async (bytes: number): Promise<Buffer> => {
  const edge = Math.round(Math.sqrt(bytes / 2.9));
  return sharp(randomBytes(edge * edge * 3), { raw: { width: edge, height: edge, channels: 3 } }).jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer();
};

/** A moving picture of four frames. */
export const movingGif = (): Promise<Buffer> =>
  sharp(randomBytes(40 * 30 * 4 * 3), { raw: { width: 40, height: 120, channels: 3, pageHeight: 30 } })
    .gif({ delay: [80, 80, 80, 80] })
    .toBuffer();

/** How a picture is shown, and what its file says of it. */
export const factsOf = async (bytes: Buffer) => {
  const { autoOrient, orientation, exif, pages, format, size } = await sharp(bytes, { animated: true }).metadata();
  return { shown: autoOrient, orientation: orientation ?? 1, exif: exif ?? null, frames: pages ?? 1, format, size };
};
