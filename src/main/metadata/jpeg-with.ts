const [APP0, APP1, APP13] = [0xe0, 0xe1, 0xed];
const PHOTOSHOP = 'Photoshop 3.0\0';
/** A segment's length is told in two bytes. */
const MOST_BODY = 65_533;

/** A JPEG that has these captions, too, behind what says that it is one and what its Exif and XMP are; the same one where it has some already, or they do not fit into a segment. */
export function jpegWith(jpeg: Buffer, iptc: Buffer): Buffer {
  const body = iptc.toString('latin1', 0, PHOTOSHOP.length) === PHOTOSHOP ? iptc : Buffer.concat([Buffer.from(PHOTOSHOP, 'latin1'), iptc]);
  if (body.length > MOST_BODY) return jpeg;
  let place = 2;
  for (let at = 2; at + 4 <= jpeg.length && jpeg[at] === 0xff && (jpeg[at + 1] ?? 0) >= APP0 && (jpeg[at + 1] ?? 0) <= 0xef; at += 2 + jpeg.readUInt16BE(at + 2)) {
    const marker = jpeg[at + 1] ?? 0;
    if (marker === APP13) return jpeg;
    if (marker <= APP1) place = at + 2 + jpeg.readUInt16BE(at + 2);
  }
  const head = Buffer.from([0xff, APP13, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, place), head, body, jpeg.subarray(place)]);
}
