// graph: renderer-closed
export type { Part } from '../main/queue/part';
