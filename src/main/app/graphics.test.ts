import { expect, it } from 'vitest';
import { mayHaveGraphics } from './graphics';

it.each(['/dev/dri', '/dev/nvidiactl', '/dev/dxg', '/dev/mali0', '/dev/kgsl-3d0'])('a Linux with %s draws with its graphics processor', (device) => {
  expect(mayHaveGraphics('linux', (path) => path === device)).toBe(true);
});

it('a Linux without a graphics device does not try to use one', () => {
  expect(mayHaveGraphics('linux', () => false)).toBe(false);
});

it.each(['win32', 'darwin'] as const)('%s decides for itself', (platform) => {
  expect(mayHaveGraphics(platform, () => false)).toBe(true);
});
