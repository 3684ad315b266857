/** What Linux calls the graphics processors of its drivers: Mesa's and most others, NVIDIA's own, Windows' inside WSL, and those of phones and small boards. */
const DEVICES = ['/dev/dri', '/dev/nvidiactl', '/dev/dxg', '/dev/mali0', '/dev/kgsl-3d0'] as const;

/**
 * Whether the window may be drawn by a graphics processor. Where Linux has none, Chromium finds out by starting a process for it
 * that ends at once, twice, and the page stands still until then: without the attempt it is usable some 100 ms sooner.
 */
export const mayHaveGraphics = (platform: NodeJS.Platform, exists: (path: string) => boolean): boolean => platform !== 'linux' || DEVICES.some(exists);
