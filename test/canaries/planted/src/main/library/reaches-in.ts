// graph: features-by-index
export { part } from '../queue/part';
