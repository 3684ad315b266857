/** A web address as it is, or null for anything that is none: what a file says is only a text. */
export function linkOrNull(value: string | null | undefined): string | null {
  const text = value?.trim() ?? '';
  if (!/^https?:\/\//i.test(text)) return null;
  try {
    const { hostname, username, password } = new URL(text);
    return hostname !== '' && username === '' && password === '' ? text : null;
  } catch {
    return null;
  }
}
