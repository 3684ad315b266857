/** Whether a file's name fits `*` and `?`, whatever its case; '' takes every name. */
export const fitsPattern = (name: string, pattern: string): boolean => {
  if (pattern.trim() === '') return true;
  const expression = pattern.trim().replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 'iu').test(name.normalize('NFC'));
};

const PICTURES = /\.(png|jpe?g|jfif|gif|webp|avif|bmp|tiff?|heic|heif|jxl|svg)$/i;

/** Whether a name is one of a picture that is or becomes whole: not hidden, and not of a program's unfinished file. */
export const isPictureName = (name: string): boolean => !name.startsWith('.') && !name.startsWith('~$') && PICTURES.test(name);
