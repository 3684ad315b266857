import { basename, join, resolve } from 'node:path';
import { build } from 'vite';

const root = resolve(import.meta.dirname, '..', '..');

/** Bundles a TypeScript program of the tests, so that a test can start it as a process, and gives its path. */
export async function bundleProgram(entry: string): Promise<string> {
  const name = basename(entry).replace(/\.ts$/, '');
  // Inside the tree, because packages stay in node_modules.
  const folder = join(root, 'out', 'tools', `${name}-${process.pid}`);
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: {
      ssr: resolve(root, entry),
      outDir: folder,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      rolldownOptions: { output: { format: 'es', entryFileNames: `${name}.mjs` } },
    },
  });
  return join(folder, `${name}.mjs`);
}
