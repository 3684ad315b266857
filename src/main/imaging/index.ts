export { createImaging, type Imaging, type ImagingOptions, type Thumbnail } from './create-imaging';
export { createThumbnailer, type Thumbnailer, type ThumbnailerDeps } from './thumbnailer';
