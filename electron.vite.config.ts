import { resolve } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { build, runnerImport, type Plugin } from 'vite';

const root = import.meta.dirname;

/** The programs that come out of src/main and src/host: each value is its own file in out/main. */
const programs: Readonly<Record<string, string>> = {
  index: 'src/main/index.ts',
  cli: 'src/main/cli/index.ts',
  host: 'src/host/child.ts',
  imaging: 'src/main/imaging/child.ts',
  resolver: 'src/main/resolver/child.ts',
  keychain: 'src/main/secrets/child.ts',
  sync: 'src/main/sync/child.ts',
  database: 'src/main/database/child.ts',
};

/** Packages with native or WebAssembly parts: loaded from node_modules, everything else is bundled. */
const loadedAtRunTime = [/^@photostructure\/sqlite(\/|$)/, /^@napi-rs\/keyring(\/|$)/, /^sharp(\/|$)/, /^@img\//, /^libheif-js(\/|$)/, /^@cwasm\//, /^wawoff2(\/|$)/, /^harfbuzzjs(\/|$)/, /^x11(\/|$)/];

const UNUSED = '\0unused-by-conf';
const UNUSED_PACKAGES = ['ajv/dist/2020.js', 'ajv-formats', 'semver'];

/**
 * conf brings a checker for JSON schemas and one for versions, which it uses only when it is given schemas or migrations;
 * ours are our own. Without the first a start is 50 ms shorter, without the second 10.
 */
const withoutUnusedCheckers: Plugin = {
  name: 'without-unused-checkers',
  enforce: 'pre',
  resolveId: (id) => (UNUSED_PACKAGES.includes(id) ? UNUSED : null),
  load: (id) => (id === UNUSED ? "export class Ajv2020 { constructor() { throw new Error('built without a schema checker'); } }\nexport default () => undefined;" : null),
};

const TEXTS = /\/src\/shared\/i18n\/(?:en|zh)\/index\.ts$/;

/**
 * Puts the texts of a language in as one string that is read when somebody asks for them: as code, both languages would be
 * compiled and built at every start, for some 10 ms in each process.
 */
const textsAsStrings: Plugin = {
  name: 'texts-as-strings',
  enforce: 'pre',
  load: async (id) => {
    if (!TEXTS.test(id)) return null;
    const { module } = await runnerImport<{ readonly texts: () => object }>(id, { configFile: false, logLevel: 'warn' });
    return `const all = ${JSON.stringify(JSON.stringify(module.texts()))};\nexport const texts = () => JSON.parse(all);`;
  },
};

const REQUIRED_MODULE = /Promise\.resolve\(\)\.then\(\(\)\s*=>\s*(?:\/\* @__PURE__ \*\/ )?\w+\.\w+\(require\(["'`](harfbuzzjs)["'`]\)\)\)/g;

/** A package that is a module with an `await` of its own: `require` cannot load it. Only the imaging process has it, which keeps no compiled code. */
const importedForReal: Plugin = {
  name: 'imported-for-real',
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type !== 'chunk') continue;
      file.code = file.code.replace(REQUIRED_MODULE, 'import("$1")');
      if (/require\(["'`]harfbuzzjs/.test(file.code)) throw new Error(`${file.fileName} would require a module that has to be imported`);
    }
  },
};

const renderer = resolve(root, 'src/renderer');
const windowPage = resolve(renderer, 'index.html');

/** The pages of the small windows beside it. */
const smallPages: Readonly<Record<string, string>> = {
  overlay: resolve(renderer, 'capture/overlay.html'),
  editor: resolve(renderer, 'capture/editor.html'),
  drop: resolve(renderer, 'drop/drop.html'),
};

type Modules = { readonly getModuleInfo: (id: string) => { readonly importedIds: readonly string[] } | null };

/** Everything that a page imports before its first frame, at whatever distance; what it imports later is not in it. */
const importedAtFirst = (page: string, modules: Modules): ReadonlySet<string> => {
  const first = new Set([page]);
  // A set takes new values while it is walked through.
  for (const id of first) for (const imported of modules.getModuleInfo(id)?.importedIds ?? []) first.add(imported);
  return first;
};

/**
 * Puts all that the window needs for its first frame in one file: each more is a request that the main process answers
 * while it loads the services. The rest is left to the bundler.
 */
const byFirstFrame = (): ((id: string, modules: Modules) => string | null) => {
  let known: ReadonlySet<string> | undefined;
  return (id, modules) => {
    known ??= importedAtFirst(windowPage, modules);
    return known.has(id) || id.includes('rolldown/runtime') ? 'first-frame' : null;
  };
};

/** What the builds of all pages share. */
const pageBuild = {
  target: 'chrome114',
  cssTarget: 'chrome114',
  // The page's policy allows no inline script. What a page names is fetched at once, what comes later when it is asked for.
  modulePreload: { polyfill: false, resolveDependencies: (_file: string, files: string[], { hostType }: { hostType: 'html' | 'js' }) => (hostType === 'html' ? files : []) },
  assetsInlineLimit: 0,
  minify: true,
} as const;

/** Builds the small windows apart from the window: what they shared with it could not be in one file with the rest of its first frame. */
const smallWindows: Plugin = {
  name: 'small-windows',
  closeBundle: async () => {
    await build({
      configFile: false,
      logLevel: 'warn',
      root: renderer,
      base: './',
      plugins: [react(), tailwindcss(), textsAsStrings],
      build: { ...pageBuild, outDir: resolve(root, 'out/renderer'), emptyOutDir: false, rolldownOptions: { input: smallPages } },
    });
  },
};

export default defineConfig({
  main: {
    plugins: [withoutUnusedCheckers, textsAsStrings, importedForReal],
    build: {
      target: 'node18',
      externalizeDeps: false,
      sourcemap: true,
      rolldownOptions: {
        input: programs,
        external: loadedAtRunTime,
        // No import() is left in them: src/lib/keep-compiled.ts asks for that.
        output: {
          format: 'cjs',
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
          dynamicImportInCjs: false,
          // Names stay, so that a stack in the log can be read; without white space and comments there is half as much to read at a start.
          minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
        },
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
    root: renderer,
    base: './',
    plugins: [react(), tailwindcss(), textsAsStrings, smallWindows],
    build: {
      ...pageBuild,
      rolldownOptions: {
        input: windowPage,
        output: { codeSplitting: { groups: [{ name: byFirstFrame(), debugName: 'first frame' }] } },
      },
    },
  },
});
