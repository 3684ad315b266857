// graph: src-never-test
export { named } from '../../../test/optional-is-not-undefined';
