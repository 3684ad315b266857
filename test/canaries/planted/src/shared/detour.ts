// graph: shared-pure
export { readFileSync } from 'node:fs';
