/**
 * node scripts/run-ts.mjs ENTRY.ts [ARGUMENT…]: bundles a TypeScript program of this project into out/tools and runs it.
 * Packages stay in node_modules.
 */
import { basename, dirname, resolve } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { inRoot, root } from './place.mjs';

/** Bundles one entry and returns the path of the result. */
export const bundle = async (entry) => {
  const { build } = await import('vite');
  const name = `${basename(dirname(resolve(entry)))}-${basename(entry).replace(/\.tsx?$/, '')}`;
  const folder = inRoot('out', 'tools');
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    build: {
      ssr: resolve(entry),
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      sourcemap: true,
      rolldownOptions: { output: { format: 'es', entryFileNames: `${name}.mjs`, chunkFileNames: `${name}-[hash].mjs` } },
    },
  });
  return inRoot('out', 'tools', `${name}.mjs`);
};

if (argv[1] === fileURLToPath(import.meta.url)) {
  const [entry, ...rest] = argv.slice(2);
  const program = await bundle(entry);
  process.argv = [process.argv[0], program, ...rest];
  await import(pathToFileURL(program).href);
}
