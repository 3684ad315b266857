/** What a command's end means to a script. */
export const EXIT = {
  done: 0,
  /** Something failed or needs a person. */
  failed: 1,
  wrongUsage: 2,
  /** Cancelled by the person, as shells count it. */
  cancelled: 130,
} as const;
