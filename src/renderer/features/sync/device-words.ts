const SILENT_MS = 30 * 86_400_000;
/** The host's label has no zone: it may be off by as much. */
const ZONES_MS = 14 * 3_600_000;

/** Whether a device was last seen more than a month ago, whatever the zone of the host's label is. */
export const isSilent = (label: string | null, now: number): boolean => {
  const at = label === null ? NaN : Date.parse(label.replace(' ', 'T'));
  return now - at > SILENT_MS + ZONES_MS;
};

export const shortId = (id: string): string => id.slice(0, 8);
