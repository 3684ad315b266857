// graph: host-alone
export { part } from '../main/queue/part';
