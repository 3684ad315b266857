export { partsOf, recordKey, sameKeys, type KeyPress, type Recorded } from './accelerator';
export { EVERY_PROGRAM, THE_SYSTEM, usedBy } from './known-keys';
