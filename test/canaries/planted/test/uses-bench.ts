// graph: bench-on-top
export { figure } from '../bench/figure';
