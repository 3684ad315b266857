import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type sharp from 'sharp';
import { ORIENTATIONS, painted, withAll, type Sample } from './sample-pictures';

/** A box of an ISO base media file. */
export const box = (type: string, ...bodies: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(bodies);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
};

/** An HEIC as a telephone makes it: colours of Display P3, Exif with its place, XMP. libheif and ExifTool made it. */
export const heicPhoto = (): Buffer => readFileSync(join(__dirname, '../fixtures/pictures/photo.heic'));

/** An HEIC with a small picture of itself, whose Exif says that it is to be turned although it is upright, as telephones do. libheif and ExifTool made it. */
export const heicWithSmall = (): Buffer => readFileSync(join(__dirname, '../fixtures/pictures/small-picture-inside.heic'));

/** HEIC and AVIF with metadata. */
export async function sampleHeifs(make: typeof sharp): Promise<readonly Sample[]> {
  const turned = await Promise.all(ORIENTATIONS.map((orientation) => withAll(painted(make, 4), orientation).avif({ effort: 0, quality: 60 }).toBuffer()));
  const [upright = Buffer.alloc(0)] = turned;
  const secret = Buffer.from('a secret of the maker');
  return [
    ...turned.map((bytes, index) => ({ name: `turned-${index + 1}.avif`, bytes })),
    { name: 'photo.heic', bytes: heicPhoto() },
    { name: 'small-picture-inside.heic', bytes: heicWithSmall() },
    { name: 'boxes-of-makers.avif', bytes: Buffer.concat([upright, box('uuid', Buffer.alloc(16, 7), secret), box('free', secret), box('mpvd', secret)]) },
    { name: 'something-behind.avif', bytes: Buffer.concat([upright, Buffer.from([0, 0, 0, 1, 2, 3, 4, 5]), secret]) },
  ];
}
