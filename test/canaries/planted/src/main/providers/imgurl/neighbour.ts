// graph: provider-islands
export { smms } from '../smms/index';
