// graph: shared-pure
export { join } from 'node:path';
