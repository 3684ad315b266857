// graph: no-unresolvable
export { nowhere } from './not-there';
