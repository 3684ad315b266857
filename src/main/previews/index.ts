export type * from './contract';
export { createPreviews, type PreviewsDeps } from './previews-service';
