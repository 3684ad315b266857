export { createNotices } from './create-notices';
