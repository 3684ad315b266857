// graph: merge-alone
export { round } from '../lib/round';
