export { createOutput, linkSlots, type Copied, type Output, type OutputDeps, type SubjectDeps } from './copy-when-done';
