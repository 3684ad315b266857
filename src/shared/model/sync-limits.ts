/** Places that can be restored one by one. */
export const MOST_PATHS = 100_000;
