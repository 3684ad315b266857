export { createOutput, type Copied, type OutputDeps } from './copy-when-done';
