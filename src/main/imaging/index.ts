export { createImaging, type Imaging, type ImagingOptions, type Thumbnail } from './create-imaging';
export { createPictureSources, PICTURE_SOURCES, type PictureSources, type PictureSourcesOptions } from './picture-sources';
export { sweepThumbnails, type SweepOptions } from './sweep-thumbnails';
export { createThumbnailer, type Thumbnailer, type ThumbnailerDeps } from './thumbnailer';
