export type * from './contract';
export { planFile, writePieces } from './plan-file';
export { planStrip, strippableFormat } from './plan-strip';
export { stripFile, type Stripped } from './strip-file';
