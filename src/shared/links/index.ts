export type { LinkSubject } from './link-subject';
