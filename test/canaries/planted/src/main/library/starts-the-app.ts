// graph: app-is-the-root
export { compose } from '../app/index';
