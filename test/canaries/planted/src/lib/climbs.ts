// graph: lib-leaf
export { part } from '../main/queue/part';
