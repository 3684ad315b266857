const two = (n: number): string => String(n).padStart(2, '0');

/** `YYYY-MM-DD HH:mm:ss` in this machine's time zone, which the text does not name: the services' own way. */
export function localTime(ms: number): string {
  const d = new Date(ms);
  return `${localDate(ms, '-')} ${two(d.getHours())}:${two(d.getMinutes())}:${two(d.getSeconds())}`;
}

/** The same in UTC. */
export function utcTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}

/** `YYYY/MM/DD` in this machine's time zone, with the separator asked for. */
export function localDate(ms: number, separator = '/'): string {
  const d = new Date(ms);
  return [d.getFullYear(), two(d.getMonth() + 1), two(d.getDate())].join(separator);
}
