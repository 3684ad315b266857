import type sharp from 'sharp';
import { painted, SECRET, segment, withAll, withSegments } from './sample-pictures';

const XMP_HEAD = 'http://ns.adobe.com/xap/1.0/\0';
const NAME_SPACE = 'xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/"';
const rdf = (description: string): Buffer => segment(0xe1, Buffer.from(`${XMP_HEAD}<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" ${description}</rdf:Description></rdf:RDF></x:xmpmeta>`));
const directory = (bytes: number): Buffer =>
  rdf(`xmlns:Container="http://ns.google.com/photos/1.0/container/" xmlns:Item="http://ns.google.com/photos/1.0/container/item/" ${NAME_SPACE} xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="${SECRET}" hdrgm:Version="1.0">
<Container:Directory><rdf:Seq><rdf:li rdf:parseType="Resource"><Container:Item Item:Semantic="Primary" Item:Mime="image/jpeg"/></rdf:li><rdf:li rdf:parseType="Resource"><Container:Item Item:Semantic="GainMap" Item:Mime="image/jpeg" Item:Length="${bytes}"/></rdf:li></rdf:Seq></Container:Directory>`);
/** As cameras write it: of one number for all colours, or one for each. */
const NUMBERS = {
  one: rdf(`${NAME_SPACE} xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="${SECRET}" hdrgm:Version="1.0" hdrgm:GainMapMin="-0.5" hdrgm:GainMapMax="2.25" hdrgm:Gamma="1" hdrgm:OffsetSDR="0.015625" hdrgm:OffsetHDR="0.015625" hdrgm:HDRCapacityMin="0" hdrgm:HDRCapacityMax="2.25" hdrgm:BaseRenditionIsHDR="False">`),
  each: rdf(`${NAME_SPACE} hdrgm:Version="1.0" hdrgm:HDRCapacityMin="0" hdrgm:HDRCapacityMax="2.25"><hdrgm:GainMapMax><rdf:Seq><rdf:li>2.25</rdf:li><rdf:li>2.5</rdf:li><rdf:li>1.5e-1</rdf:li></rdf:Seq></hdrgm:GainMapMax>`),
} as const;
/** ISO 21496-1: a version alone in the picture, and the numbers in its gain map. */
const iso = (numbers: string): Buffer => segment(0xe2, Buffer.concat([Buffer.from('urn:iso:std:iso:ts:21496:-1\0', 'latin1'), Buffer.from(`00000000${numbers}`, 'hex')]));

/** An MPF of little-endian numbers, with an id of the picture's own. */
const mpf = (first: number, second: number, offset: number): Buffer => {
  const tiff = Buffer.alloc(8 + 2 + 4 * 12 + 4 + 32 + 33);
  tiff.write('II*\0', 'latin1');
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(4, 8);
  for (const [index, [tag, type, count, value]] of ([[0xb000, 7, 4, 0x30303130], [0xb001, 4, 1, 2], [0xb002, 7, 32, 62], [0xb003, 7, 33, 94]] as const).entries()) {
    const at = 10 + index * 12;
    tiff.writeUInt16LE(tag, at);
    tiff.writeUInt16LE(type, at + 2);
    tiff.writeUInt32LE(count, at + 4);
    tiff.writeUInt32LE(value, at + 8);
  }
  tiff.writeUInt32LE(0x03_00_00, 62);
  tiff.writeUInt32LE(first, 66);
  tiff.writeUInt32LE(second, 82);
  tiff.writeUInt32LE(offset, 86);
  tiff.write('my own number', 94, 'latin1');
  return segment(0xe2, Buffer.concat([Buffer.from('MPF\0', 'latin1'), tiff]));
};

export type HdrKind = { readonly numbers: keyof typeof NUMBERS | 'iso'; readonly behind?: Buffer; readonly between?: Buffer };

/** A photo for HDR screens, with the camera's data in both of its pictures; `map` is the second one without them. */
export async function hdrPhoto(make: typeof sharp, { numbers, behind = Buffer.alloc(0), between = Buffer.alloc(0) }: HdrKind): Promise<{ readonly bytes: Buffer; readonly map: Buffer }> {
  const photo = await withAll(painted(make, 3, [80, 60]), 6).jpeg({ quality: 90 }).toBuffer();
  const map = await painted(make, 3, [40, 30]).greyscale().jpeg({ quality: 80 }).toBuffer();
  const camera = await painted(make, 3, [40, 30]).greyscale().withExif({ IFD0: { Artist: SECRET }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '39/1 54/1 27/1' } }).jpeg({ quality: 80 }).toBuffer();
  const second = withSegments(camera, numbers === 'iso' ? iso('00000000'.repeat(12)) : NUMBERS[numbers]);
  const told = numbers === 'iso' ? iso('') : directory(second.length);
  const length = mpf(0, 0, 0).length;
  // The MPF comes last of what is put behind the start, whose two bytes come before.
  const first = photo.length + told.length + length;
  const bytes = withSegments(photo, told, mpf(first, second.length, first + between.length - (2 + told.length + 8)));
  return { bytes: Buffer.concat([bytes, between, second, behind]), map };
}
