import { resolve } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

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

const CHECKER = '\0no-checker';

/** conf brings a checker for JSON schemas, which it uses only when it is given one; ours are zod's. Without it a start is 50 ms shorter. */
const withoutSchemaChecker: Plugin = {
  name: 'without-schema-checker',
  enforce: 'pre',
  resolveId: (id) => (id === 'ajv/dist/2020.js' || id === 'ajv-formats' ? CHECKER : null),
  load: (id) => (id === CHECKER ? "export class Ajv2020 { constructor() { throw new Error('built without a schema checker'); } }\nexport default () => undefined;" : null),
};

export default defineConfig({
  main: {
    plugins: [withoutSchemaChecker],
    build: {
      target: 'node18',
      externalizeDeps: false,
      sourcemap: true,
      rolldownOptions: {
        input: programs,
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
        input: { index: 'src/preload/index.ts' },
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
      rolldownOptions: {
        input: {
          index: resolve(root, 'src/renderer/index.html'),
          overlay: resolve(root, 'src/renderer/capture/overlay.html'),
          drop: resolve(root, 'src/renderer/drop/drop.html'),
          editor: resolve(root, 'src/renderer/capture/editor.html'),
        },
      },
    },
  },
});
