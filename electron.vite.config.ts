import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const root = import.meta.dirname;

/** The programs that come out of src/main and src/host: each value is its own file in out/main. */
const programs: Readonly<Record<string, string>> = {
  index: 'src/main/index.ts',
  cli: 'src/main/cli/index.ts',
  host: 'src/host/child.ts',
  imaging: 'src/main/imaging/child.ts',
  keychain: 'src/main/secrets/child.ts',
};

/** Packages with native or WebAssembly parts: loaded from node_modules, everything else is bundled. */
const loadedAtRunTime = [/^@photostructure\/sqlite(\/|$)/, /^@napi-rs\/keyring(\/|$)/, /^sharp(\/|$)/, /^@img\//];

/** Leaves out what is not in the tree, so that one program can be built before the others are written. */
const present = (entries: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(entries)
      .map(([name, path]) => [name, resolve(root, path)] as const)
      .filter(([, path]) => existsSync(path)),
  );

export default defineConfig({
  main: {
    build: {
      target: 'node18',
      externalizeDeps: false,
      sourcemap: true,
      rolldownOptions: {
        input: present(programs),
        external: loadedAtRunTime,
        output: { format: 'cjs', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      // A sandboxed preload may not load packages, so this one carries what it needs.
      target: 'node18',
      externalizeDeps: false,
      sourcemap: true,
      rolldownOptions: {
        input: present({ index: 'src/preload/index.ts' }),
        output: { format: 'cjs', entryFileNames: '[name].js', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: resolve(root, 'src/renderer'),
    base: './',
    plugins: [react(), tailwindcss()],
    build: {
      target: 'chrome114',
      cssTarget: 'chrome114',
      // The page's policy allows no inline script, and one window has nothing to preload.
      modulePreload: false,
      assetsInlineLimit: 0,
      minify: true,
      rolldownOptions: { input: present({ index: 'src/renderer/index.html' }) },
    },
  },
});
