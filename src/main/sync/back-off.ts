const SHORTEST_MS = 1_000;
const LONGEST_MS = 5 * 60_000;

/**
 * How long to leave a document alone after so many failures in a row: any time up to a bound that doubles, so that
 * devices which failed together do not come back together. `random` is in [0, 1).
 */
export const backOffMs = (failures: number, random: number): number => {
  const bound = Math.min(LONGEST_MS, SHORTEST_MS * 2 ** Math.min(failures, 20));
  return SHORTEST_MS + Math.round(random * (bound - SHORTEST_MS));
};
