import { resolve } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Builds the real page over the fake bridge, with the targets of the product. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react(), tailwindcss()],
  build: {
    target: 'es2023',
    cssTarget: 'chrome114',
    modulePreload: false,
    assetsInlineLimit: 0,
    emptyOutDir: true,
    outDir: resolve(import.meta.dirname, '../../test-results/renderer/page'),
  },
});
