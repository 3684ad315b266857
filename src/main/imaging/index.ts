export type * from './contract';
export { createImaging, type ImagingOptions } from './create-imaging';
export { mustConvert } from './choose-format';
export { createStudio, type Studio } from './create-studio';
export { sweepThumbnails, type SweepOptions } from './sweep-thumbnails';
export { createThumbnailer, type Thumbnailer, type ThumbnailerDeps } from './thumbnailer';
