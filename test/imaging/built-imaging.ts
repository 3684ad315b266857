import { resolve } from 'node:path';
import { build } from 'vite';
import { nodeChildren } from '../../src/main/cli/children';
import type { ChildProcessPort } from '../../src/main/services';

/** The imaging process as it is built, with packages left in node_modules; `name` keeps test files apart. */
export async function builtImaging(name: string): Promise<ChildProcessPort> {
  const outDir = resolve('out', 'tools', name);
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: resolve('src/main/imaging/child.ts'),
      outDir,
      emptyOutDir: true,
      target: 'node18',
      minify: false,
      rolldownOptions: { output: { format: 'cjs', entryFileNames: 'imaging.js', chunkFileNames: '[name]-[hash].js' } },
    },
  });
  return nodeChildren(outDir);
}
