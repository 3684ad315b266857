export { fetchLimits, fetchPicture, type FetchLimits } from './fetch-picture';
export { hashFile } from './hash-file';
export { createIntake, type Intake } from './intake';
export { keepBytes, sweepKept } from './keep-bytes';
export { judgedGet, parseAddress, type JudgedRequest, type Reach, type WayTo } from './judged-get';
export { contentTypeOf, mediaTypeOf, SNIFF_BYTES } from './media-type';
export { createPrepareFile } from './prepare-file';
export { urlProblem } from './url-error';
export { inputsFromPaths } from './walk';
