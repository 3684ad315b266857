/** The media types in which a clipboard may hold a picture's own bytes, beside PNG. */
export const ORIGINALS = ['image/gif', 'image/webp', 'image/jpeg'] as const;

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/jpeg': 'jpg',
  'image/svg+xml': 'svg',
  'image/avif': 'avif',
  'image/bmp': 'bmp',
  'image/heic': 'heic',
  'image/heif': 'heif',
  'image/jxl': 'jxl',
  'image/tiff': 'tif',
};

/** The extension of a picture that has only a media type. */
export const extensionFor = (mime: string): string => EXTENSIONS[mime] ?? 'png';

const starts = (bytes: Uint8Array, text: string, at = 0): boolean => Buffer.from(bytes.subarray(at, at + text.length)).toString('latin1') === text;

/** Whether bytes begin as their media type says: some programs offer a type and hand over something else. */
export const beginsAs = (mime: string, bytes: Uint8Array): boolean => {
  switch (mime) {
    case 'image/png':
      return starts(bytes, '\x89PNG\r\n');
    case 'image/gif':
      return starts(bytes, 'GIF8');
    case 'image/webp':
      return starts(bytes, 'RIFF') && starts(bytes, 'WEBP', 8);
    case 'image/jpeg':
      return starts(bytes, '\xff\xd8\xff');
    default:
      return false;
  }
};

/** Whether a GIF or WebP moves; a still one may as well be a PNG. */
export const moves = (mime: string, bytes: Uint8Array): boolean => {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (mime === 'image/webp') return text.subarray(0, 64).includes('ANIM');
  if (mime !== 'image/gif') return false;
  // Each frame of an animation has a graphic control extension: 21 F9 04.
  const mark = Buffer.from([0x21, 0xf9, 0x04]);
  const first = text.indexOf(mark);
  return first >= 0 && text.indexOf(mark, first + 1) >= 0;
};
