/** What a command's end means to a script. */
export const EXIT = {
  done: 0,
  /** Something failed or needs a person. */
  failed: 1,
  wrongUsage: 2,
  /** Cancelled by the person, as shells count it. */
  cancelled: 130,
  /** Never seen by a script: the command goes on in the data folder's next owner. */
  moved: -1,
} as const;
