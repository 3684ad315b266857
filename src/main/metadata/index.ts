export type * from './contract';
export { readExif } from './exif';
export { heifProfile } from './heif-profile';
export { planFile, readPieces, ShorterError, type OpenFile } from './plan-file';
export { planStrip, strippableFormat } from './plan-strip';
