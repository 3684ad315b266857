export { fetchLimits, fetchPicture, type FetchLimits, type WayTo } from './fetch-picture';
export { hashFile } from './hash-file';
export { createIntake, type Intake } from './intake';
export { keepBytes, sweepKept } from './keep-bytes';
export { createPrepareFile } from './prepare-file';
export { inputsFromPaths } from './walk';
