export { LineDesk } from './line-desk';
export { lookAtFile } from './look-at-file';
export { writeExport } from './write-export';
