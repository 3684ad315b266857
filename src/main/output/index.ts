export { createOutput, linksOf, type Copied, type OutputDeps } from './copy-when-done';
