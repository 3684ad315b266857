export type * from './contract';
export { createImaging, type ImagingOptions } from './create-imaging';
export { sweepThumbnails, type SweepOptions } from './sweep-thumbnails';
export { createThumbnailer, type Thumbnailer, type ThumbnailerDeps } from './thumbnailer';
