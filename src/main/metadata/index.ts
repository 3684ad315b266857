export type * from './contract';
export { readExif, uprightExif } from './exif';
export { heifProfile } from './heif-profile';
export { heifSaid } from './heif-said';
export { pngChunk, pngChunks } from './png-chunks';
export { pngWith } from './png-with';
export { planFile, readPieces, ShorterError, type OpenFile } from './plan-file';
export { scanBytes } from './scan';
export { KEPT_BY_STRIPPING, planStrip, strippableFormat } from './plan-strip';
