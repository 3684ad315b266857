// graph: ui-is-dumb
export { jobs } from '../stores/jobs';
