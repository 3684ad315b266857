/** Epoch milliseconds, UTC. */
export type Clock = () => number;

/** The computer's own clock. */
export const systemClock: Clock = () => Date.now();

/** A time as part of a file name, in UTC and sortable: `20260131-094512-007`. */
export const fileStamp = (at: number): string => new Date(at).toISOString().replace(/[-:Z]/g, '').replace(/[T.]/g, '-');
