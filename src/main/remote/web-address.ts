/** Longer addresses are no links. */
const MAX_LENGTH = 4000;

/** A stranger's address as it may be kept and shown: http or https, without a login; null for anything else. */
export function webAddress(text: string | null): string | null {
  const trimmed = text?.trim() ?? '';
  if (!/^https?:\/\//i.test(trimmed) || trimmed.length > MAX_LENGTH) return null;
  try {
    const url = new URL(trimmed);
    return url.hostname !== '' && url.username === '' && url.password === '' ? trimmed : null;
  } catch {
    return null;
  }
}
