// graph: providers-by-registry
export { smms } from '../providers/smms/index';
