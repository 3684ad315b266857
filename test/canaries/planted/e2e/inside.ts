// graph: e2e-from-outside
export { part } from '../src/main/queue/part';
