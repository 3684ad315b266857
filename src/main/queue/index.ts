export type * from './contract';
export type { FileFacts } from './job-record';
export type { QueueDeps, Timers } from './queue-deps';
export { createQueue } from './queue-service';
export { HASH_AHEAD_LIMIT } from './same-bytes';
