import { deflateSync } from 'node:zlib';
import type sharp from 'sharp';
import { crc32 } from '../../src/main/metadata/crc32';
import { bareExif } from '../../src/main/metadata/exif';

type Sharp = typeof sharp;
export type Sample = { readonly name: string; readonly bytes: Buffer };

export const SECRET = 'Secret Garden 秘密';
/** A camera's Exif: maker, serial number, time, position. */
const CAMERA = {
  IFD0: { Make: 'Picferry Cameras', Model: 'P1', Software: 'firmware 9', Artist: SECRET, Copyright: SECRET },
  IFD2: { DateTimeOriginal: '2026:01:02 03:04:05', BodySerialNumber: '1234567', LensModel: 'F2', UserComment: SECRET },
  IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '39/1 54/1 27/1', GPSLongitudeRef: 'E', GPSLongitude: '116/1 23/1 17/1' },
};
const XMP = `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="${SECRET}" xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="39,54.45N"/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;

/** A picture with edges, ramps and noise, none of whose orientations looks like another. */
const pixels = (width: number, height: number, channels: 3 | 4): Buffer =>
  Buffer.from(Array.from({ length: width * height * channels }, (_, at) => (at * 37 + Math.floor(at / (width * channels)) * 11 + (at % channels) * 60) % 256));

export const painted = (make: Sharp, channels: 3 | 4 = 3, [width, height]: readonly [number, number] = [24, 17]) => make(pixels(width, height, channels), { raw: { width, height, channels } });

export const withAll = (picture: ReturnType<typeof painted>, orientation: number) =>
  picture
    .withIccProfile('p3')
    .withExif(CAMERA)
    .withXmp(XMP)
    .withMetadata({ orientation });

/** All the ways that Exif has for a picture to be turned or mirrored. */
export const ORIENTATIONS = [1, 2, 3, 4, 5, 6, 7, 8] as const;
const turnedBy = (made: readonly Buffer[], extension: string): readonly Sample[] => made.map((bytes, index) => ({ name: `turned-${index + 1}.${extension}`, bytes }));

const frames = (make: Sharp) => make(pixels(24, 51, 3), { raw: { width: 24, height: 51, channels: 3, pageHeight: 17 } });

/** A segment of a JPEG. */
export const segment = (marker: number, body: Buffer): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
};
/** Puts segments behind the start of a JPEG. */
export const withSegments = (jpeg: Buffer, ...segments: readonly Buffer[]): Buffer => Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);

/** A chunk of a PNG. */
export const chunk = (type: string, body: Buffer): Buffer => {
  const made = Buffer.concat([Buffer.alloc(4), Buffer.from(type, 'latin1'), body, Buffer.alloc(4)]);
  made.writeUInt32BE(body.length, 0);
  made.writeUInt32BE(crc32(made.subarray(4, -4)), made.length - 4);
  return made;
};
/** Puts chunks behind the header of a PNG, or before its end. */
export const withChunks = (png: Buffer, chunks: readonly Buffer[], at = 33): Buffer => Buffer.concat([png.subarray(0, at), ...chunks, png.subarray(at)]);

/** Puts chunks at the end of a WebP. */
export const withRiff = (webp: Buffer, type: string, body: Buffer): Buffer => {
  const head = Buffer.alloc(8);
  head.write(type, 0, 'latin1');
  head.writeUInt32LE(body.length, 4);
  const made = Buffer.concat([webp, head, body, Buffer.alloc(body.length % 2)]);
  made.writeUInt32LE(made.length - 8, 4);
  return made;
};

const blocks = (body: Buffer): readonly Buffer[] => {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length; at += 255) parts.push(Buffer.from([Math.min(255, body.length - at)]), body.subarray(at, at + 255));
  return [...parts, Buffer.from([0])];
};
/** An extension of a GIF. */
export const extension = (label: number, body: Buffer, program = ''): Buffer =>
  Buffer.concat([Buffer.from([0x21, label]), ...(program === '' ? [] : [Buffer.from([program.length]), Buffer.from(program, 'latin1')]), ...blocks(body)]);
/** Puts extensions behind the colour table of a GIF. */
export const withExtensions = (gif: Buffer, ...extensions: readonly Buffer[]): Buffer => {
  const flags = gif[10] ?? 0;
  const at = 13 + ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1));
  return Buffer.concat([gif.subarray(0, at), ...extensions, gif.subarray(at)]);
};

const iptc = Buffer.concat([Buffer.from('Photoshop 3.0\0' + '8BIM\x04\x04\0\0\0\0\0\x0f\x1c\x02\x50\0\x0aSecret man\0', 'latin1')]);

/** Pictures with all the metadata that programs and cameras put into them. */
export async function sampleJpegs(make: Sharp): Promise<readonly Sample[]> {
  const plain = await painted(make).jpeg().toBuffer();
  const turned = await Promise.all(ORIENTATIONS.map((orientation) => withAll(painted(make), orientation).jpeg({ quality: 90, progressive: orientation % 2 === 0 }).toBuffer()));
  const photo = turned[5] ?? plain;
  const small = Buffer.concat([Buffer.from('JFIF\0\x01\x02\0\0\x01\0\x01\x02\x01', 'latin1'), Buffer.alloc(6, 9)]);
  const cmyk = await make(Buffer.alloc(24 * 17 * 3, 77), { raw: { width: 24, height: 17, channels: 3 } }).toColourspace('cmyk').withExif(CAMERA).jpeg().toBuffer();
  const inks = await painted(make).toColourspace('cmyk').withIccProfile('cmyk').withExif(CAMERA).withXmp(XMP).jpeg().toBuffer();
  return [
    ...turnedBy(turned, 'jpg'),
    { name: 'cmyk.jpg', bytes: cmyk },
    { name: 'cmyk-with-its-profile.jpg', bytes: inks },
    { name: 'grey.jpg', bytes: withSegments(await painted(make).greyscale().jpeg().toBuffer(), segment(0xfe, Buffer.from(SECRET))) },
    { name: 'iptc.jpg', bytes: withSegments(photo, segment(0xed, iptc), segment(0xec, Buffer.from('Ducky secret')), segment(0xe2, Buffer.from('MPF\0II*\0'))) },
    { name: 'small-picture-inside.jpg', bytes: Buffer.concat([plain.subarray(0, 2), segment(0xe0, small), segment(0xe0, Buffer.from('JFXX\0\x13\x01\x01abc', 'latin1')), plain.subarray(2)]) },
    { name: 'with-a-video-behind.jpg', bytes: Buffer.concat([photo, Buffer.from('\0\0\0\x18ftypmp42 +39.9-116.4/'), photo]) },
    { name: 'two-exifs.jpg', bytes: withSegments(photo, segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), bareExif(3)]))) },
    { name: 'cut-off.jpg', bytes: photo.subarray(0, photo.length - 40) },
  ];
}

export async function samplePngs(make: Sharp): Promise<readonly Sample[]> {
  const plain = await painted(make, 4).png().toBuffer();
  const deep = await painted(make).toColourspace('rgb16').png().toBuffer();
  const turned = await Promise.all(ORIENTATIONS.map((orientation) => withAll(painted(make, 4), orientation).png({ progressive: orientation % 2 === 0 }).toBuffer()));
  const text = chunk('tEXt', Buffer.from('Comment\0Secret garden'));
  const many = [text, chunk('zTXt', Buffer.concat([Buffer.from('Title\0\0'), deflateSync(Buffer.from(SECRET))])), chunk('iTXt', Buffer.from(`Author\0\0\0\0\0${SECRET}`)), chunk('tIME', Buffer.from('07ea0102030405', 'hex'))];
  return [
    ...turnedBy(turned, 'png'),
    { name: 'texts.png', bytes: withChunks(plain, [...many, chunk('caBX', Buffer.from('secret maker')), chunk('prVt', Buffer.from('own'))]) },
    { name: 'text-at-the-end.png', bytes: withChunks(plain, [text], plain.length - 12) },
    { name: 'something-behind.png', bytes: Buffer.concat([plain, Buffer.from('secret')]) },
    { name: 'sixteen-bit.png', bytes: withChunks(deep, many) },
    { name: 'grey-glass.png', bytes: withChunks(await painted(make, 4).greyscale().png().toBuffer(), many) },
    { name: 'one-bit.png', bytes: withChunks(await painted(make).threshold().png({ palette: true, colours: 2 }).toBuffer(), many) },
    { name: 'palette.png', bytes: withChunks(await painted(make).png({ palette: true, colours: 8 }).toBuffer(), many) },
    { name: 'animated.png', bytes: withChunks(plain, [chunk('acTL', Buffer.from('0000000100000000', 'hex')), ...many, chunk('fcTL', Buffer.from(`00000000${'00000018'}${'00000011'}${'00000000'.repeat(2)}${'000a03e80000'}`, 'hex'))]) },
  ];
}

export async function sampleWebps(make: Sharp): Promise<readonly Sample[]> {
  const turned = await Promise.all(ORIENTATIONS.map((orientation) => withAll(painted(make, orientation % 4 === 3 ? 4 : 3), orientation).webp({ lossless: orientation > 3 }).toBuffer()));
  const plain = await painted(make).webp().toBuffer();
  const moving = await withAll(frames(make), 1).webp({ delay: [40, 50, 60], loop: 3 }).toBuffer();
  return [
    ...turnedBy(turned, 'webp'),
    { name: 'animated.webp', bytes: withRiff(moving, 'SECR', Buffer.from('odd')) },
    { name: 'plain-with-xmp.webp', bytes: withRiff(plain, 'XMP ', Buffer.from(XMP)) },
    { name: 'something-behind.webp', bytes: Buffer.concat([plain, Buffer.from('secret')]) },
  ];
}

export async function sampleGifs(make: Sharp): Promise<readonly Sample[]> {
  const plain = await painted(make).gif().toBuffer();
  const moving = await frames(make).gif({ delay: [40, 50, 60], loop: 3 }).toBuffer();
  const magic = Buffer.concat([Buffer.from([1]), Buffer.from(Array.from({ length: 256 }, (_, at) => 255 - at)), Buffer.from([0])]);
  const xmp = Buffer.concat([Buffer.from([0x21, 0xff, 11]), Buffer.from('XMP DataXMP'), Buffer.from(XMP), magic]);
  const all = [extension(0xfe, Buffer.from(SECRET.repeat(30))), xmp, extension(0xff, Buffer.from('Secret'), 'PICASA 3.00'), extension(0x99, Buffer.from('own'))];
  return [
    { name: 'comments.gif', bytes: withExtensions(plain, ...all) },
    { name: 'animated.gif', bytes: withExtensions(moving, ...all) },
    { name: 'something-behind.gif', bytes: Buffer.concat([plain, Buffer.from('secret')]) },
    { name: 'without-its-last-byte.gif', bytes: withExtensions(moving, ...all).subarray(0, -1) },
  ];
}
