// graph: src-never-dev
export { assert } from 'fast-check';
