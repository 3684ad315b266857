export { createLocalApi } from './local-api';
