// graph: screens-apart
export { two } from '../two/index';
