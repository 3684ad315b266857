/** Where the window fetches a thumbnail that main made; null when there is none. */
export const thumbAddress = (thumb: string | null): string | null => (thumb === null ? null : `picture://thumb/${encodeURIComponent(thumb)}`);
