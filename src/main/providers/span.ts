/** A span in symbols that every language reads: `45 s`, `5 min`, `1.5 h`. Rounded up. */
export const spanOf = (ms: number): string => {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.ceil(seconds / 60)} min`;
  return `${Math.ceil(seconds / 360) / 10} h`;
};
