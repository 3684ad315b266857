export { createOutput, linkSlots, subjectsOf, type Copied, type OutputDeps, type SubjectDeps } from './copy-when-done';
