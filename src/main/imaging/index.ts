export { createImaging, type Imaging, type ImagingOptions, type Thumbnail } from './create-imaging';
export { sweepThumbnails, type SweepOptions } from './sweep-thumbnails';
export { createThumbnailer, type Thumbnailer, type ThumbnailerDeps } from './thumbnailer';
