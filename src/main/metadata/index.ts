export type * from './contract';
export { planFile, readPieces, ShorterError, type OpenFile } from './plan-file';
export { planStrip, strippableFormat } from './plan-strip';
