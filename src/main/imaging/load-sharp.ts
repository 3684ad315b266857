import Module, { createRequire } from 'node:module';
import type sharp from 'sharp';

export type Sharp = typeof sharp;

type Resolve = (this: unknown, request: string, ...rest: unknown[]) => string;

const NATIVE = /^@img\/sharp-(linux|linuxmusl)-|\/build\/Release\/sharp-linux/;

const notFound = (request: string): Error => Object.assign(new Error(`Kept out on Linux: ${request}`), { code: 'MODULE_NOT_FOUND' });

/**
 * Loads sharp: on Linux its WebAssembly build, elsewhere the native one. The native build and Electron's
 * GTK both carry GLib and crash each other (lovell/sharp 4522, electron 46323); plain Node uses the same
 * build as the app, so that both make the same pictures. sharp prefers the native package whenever it is
 * installed, so on Linux that package is not to be found while sharp looks for it.
 */
export const loadSharp = (from: string, platform: string): Sharp => {
  const require = createRequire(from);
  if (platform !== 'linux') return require('sharp') as Sharp;
  // Node's own loader has this seam and no public one that works for `require` in Node 18.
  const loader = Module as unknown as { _resolveFilename: Resolve };
  const original = loader._resolveFilename;
  loader._resolveFilename = function (request, ...rest) {
    if (NATIVE.test(request)) throw notFound(request);
    return original.call(this, request, ...rest);
  };
  try {
    return require('sharp') as Sharp;
  } finally {
    loader._resolveFilename = original;
  }
};
