/** The walls between the folders of this project. Each rule is proven by a planted fault in test/canaries. */
const { builtinModules } = require('node:module');

const TEST = '\\.test\\.tsx?$';
const packages = (...names) => `(^|/)node_modules/(${names.join('|')})/`;
const ELECTRON = `${packages('electron')}|^electron$`;
const CORE = `^(node:)?(${builtinModules.join('|')})$`;

/** Where programs and libraries begin: what none of these reaches is dead. */
const ENTRIES = '^src/(main/index|merge/index|main/cli/index|main/imaging/child|main/resolver/child|main/secrets/child|main/sync/child|main/database/child|host/child|preload/index|renderer/([^/]+|drop/drop|capture/(overlay|editor)))\\.tsx?$';

/** Packages that one folder wraps for all others. */
const owners = [
  { name: 'http', packages: ['axios', 'form-data', 'https-proxy-agent', 'socks-proxy-agent', 'system-ca'], folder: '^src/main/providers/http/' },
  { name: 'sharp', packages: ['sharp', '@img'], folder: '^src/main/imaging/' },
  { name: 'pictures', packages: ['libheif-js', '@cwasm/nsbmp', 'svgo', 'harfbuzzjs', 'bidi-js', 'wawoff2'], folder: '^src/main/imaging/' },
  { name: 'x11', packages: ['x11'], folder: '^src/main/platform/' },
  { name: 'letters', packages: ['any-ascii'], folder: '^src/main/preparation/' },
  { name: 'electron-store', packages: ['electron-store'], folder: '^src/main/platform/' },
  { name: 'conf', packages: ['conf'], folder: '^src/main/cli/' },
  { name: 'sqlite', packages: ['@photostructure/sqlite'], folder: '^src/lib/sqlite\\.ts$' },
  { name: 'keyring', packages: ['@napi-rs/keyring'], folder: '^src/main/secrets/' },
  { name: 'http-server', packages: ['hono', '@hono/node-server', 'busboy'], folder: '^src/(host|main/server)/' },
  { name: 'commander', packages: ['commander'], folder: '^src/main/cli/' },
  { name: 'file-facts', packages: ['image-size', 'file-type'], folder: '^src/(main/preparation|host)/' },
  { name: 'metadata-words', packages: ['exifreader', '@xmldom/xmldom'], folder: '^src/main/comparison/' },
  { name: 'canonical-json', packages: ['canonicalize'], folder: '^src/(lib/canonical-json\\.ts$|merge/)' },
  { name: 'csv', packages: ['csv-stringify'], folder: '^src/main/transfer/' },
  { name: 'merge', packages: ['jsonc-parser', 'lossless-json', 'node-diff3'], folder: '^src/merge/' },
  { name: 'widgets', packages: ['@base-ui/react', 'cmdk', 'uqr'], folder: '^src/renderer/ui/' },
  { name: 'page', packages: ['react', 'react-dom', 'zustand', 'lucide-react', 'clsx', '@tanstack'], folder: '^src/renderer/' },
];

module.exports = {
  forbidden: [
    {
      name: 'shared-pure',
      comment: 'src/shared runs everywhere: plain TypeScript with zod and i18next, nothing else.',
      severity: 'error',
      from: { path: '^src/shared/', pathNot: TEST },
      to: { pathNot: ['^src/shared/', packages('zod', 'i18next')] },
    },
    {
      name: 'merge-alone',
      comment: 'src/merge is a library of its own: it runs everywhere and imports its few packages, nothing of ours.',
      severity: 'error',
      from: { path: '^src/merge/', pathNot: TEST },
      to: { pathNot: ['^src/merge/', packages('canonicalize', 'jsonc-parser', 'lossless-json', 'node-diff3')] },
    },
    {
      name: 'lib-leaf',
      comment: 'src/lib is a leaf: it knows Node and src/shared.',
      severity: 'error',
      from: { path: '^src/lib/', pathNot: TEST },
      to: { path: '^src/', pathNot: '^src/(lib|shared)/' },
    },
    {
      name: 'host-alone',
      comment: 'The embedded host is a program of its own: it imports shared and lib.',
      severity: 'error',
      from: { path: '^src/host/', pathNot: TEST },
      to: { path: '^src/', pathNot: '^src/(host|lib|shared)/' },
    },
    {
      name: 'main-never-renderer',
      comment: 'The main process does not import what runs in the window.',
      severity: 'error',
      from: { path: '^src/main/' },
      to: { path: '^src/(renderer|preload)/' },
    },
    {
      name: 'renderer-closed',
      comment: 'The window knows the contract in src/shared, never the code behind it, not even its types.',
      severity: 'error',
      from: { path: '^src/renderer/' },
      to: { path: '^(src/(main|preload|lib|host)|e2e|bench)/' },
    },
    {
      name: 'renderer-never-reaches-node',
      comment: 'No path, however long, leads from the window to Node or Electron.',
      severity: 'error',
      from: { path: '^src/renderer/', pathNot: TEST },
      to: { path: `${CORE}|${ELECTRON}`, reachable: true },
    },
    {
      name: 'preload-thin',
      comment: 'The preload sees both worlds, so it holds the contract and Electron only.',
      severity: 'error',
      from: { path: '^src/preload/', pathNot: TEST },
      to: { pathNot: ['^src/preload/', '^src/shared/ipc/', ELECTRON] },
    },
    {
      name: 'electron-at-the-edge',
      comment: 'Features run and are tested in plain Node: Electron lives in app, ipc, platform and preload.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/main/(app|ipc|platform)/', '^src/main/index\\.ts$', '^src/preload/'] },
      to: { path: ELECTRON },
    },
    {
      name: 'app-is-the-root',
      comment: 'src/main/app builds everything; only the entry imports it.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/main/index\\.ts$', '^src/main/app/'] },
      to: { path: '^src/main/app/' },
    },
    {
      name: 'provider-islands',
      comment: 'A provider never imports another provider.',
      severity: 'error',
      from: { path: '^src/main/providers/([^/]+)/', pathNot: TEST },
      to: { path: '^src/main/providers/[^/]+/', pathNot: ['^src/main/providers/$1/', '^src/main/providers/(http|wrap)/index\\.ts$'] },
    },
    {
      name: 'providers-by-registry',
      comment: 'Only the registry knows which providers there are.',
      severity: 'error',
      from: { path: '^src/', pathNot: [TEST, '^src/main/providers/registry\\.ts$', '^src/main/providers/[^/]+/'] },
      to: { path: '^src/main/providers/[^/]+/', pathNot: '^src/main/providers/(http|wrap)/' },
    },
    {
      name: 'features-by-index',
      comment: 'A feature of src/main is used through its index.ts.',
      severity: 'error',
      from: { path: '^src/main/([^/]+)/', pathNot: TEST },
      to: {
        path: '^src/main/[^/]+/.',
        pathNot: ['^src/main/$1/', '^src/main/[^/]+/index\\.ts$', '^src/main/providers/(contract|errors|registry)\\.ts$', '^src/main/providers/(http|wrap)/index\\.ts$'],
      },
    },
    {
      name: 'ui-is-dumb',
      comment: 'Parts in renderer/ui take props and call back; they know no store, screen or bridge.',
      severity: 'error',
      from: { path: '^src/renderer/ui/', pathNot: TEST },
      to: { path: '^src/', pathNot: ['^src/renderer/ui/', '^src/shared/'] },
    },
    {
      name: 'screens-apart',
      comment: 'A screen does not import another screen.',
      severity: 'error',
      from: { path: '^src/renderer/features/([^/]+)/' },
      to: { path: '^src/renderer/features/', pathNot: '^src/renderer/features/$1/' },
    },
    {
      name: 'stores-below-screens',
      comment: 'Stores and the bridge know nothing of what shows them.',
      severity: 'error',
      from: { path: '^src/renderer/(stores|bridge)/', pathNot: TEST },
      to: { path: '^src/renderer/(features|ui)/' },
    },
    ...owners.map(({ name, packages: names, folder }) => ({
      name: `one-owner-${name}`,
      comment: `${names.join(', ')}: only in ${folder}`,
      severity: 'error',
      from: { path: '^src/', pathNot: [folder, TEST] },
      to: { path: packages(...names) },
    })),
    {
      name: 'src-never-test',
      comment: 'What ships does not import tests, end-to-end tests or benchmarks.',
      severity: 'error',
      from: { path: '^src/', pathNot: TEST },
      to: { path: `^(test|e2e|bench)/|${TEST}` },
    },
    {
      name: 'src-never-dev',
      comment: 'What ships uses dependencies, not devDependencies; electron and types are given.',
      severity: 'error',
      from: { path: '^src/', pathNot: TEST },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: [ELECTRON, packages('@types')] },
    },
    {
      name: 'bench-on-top',
      comment: 'Benchmarks may import all and are imported by nothing.',
      severity: 'error',
      from: { path: '^(src|test|e2e)/' },
      to: { path: '^bench/' },
    },
    {
      name: 'e2e-from-outside',
      comment: 'End-to-end tests drive the built app; they import shared types, the host and test helpers.',
      severity: 'error',
      from: { path: '^e2e/' },
      to: { path: '^src/', pathNot: '^src/(shared|host)/' },
    },
    {
      name: 'no-cycles',
      comment: 'Modules that import each other cannot be understood, loaded or tested apart.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A module that no program reaches is dead.',
      severity: 'error',
      from: { path: ENTRIES },
      to: { path: '^src/', pathNot: [ENTRIES, TEST, '\\.d\\.ts$'], reachable: false },
    },
    {
      name: 'no-unresolvable',
      comment: 'Every import leads somewhere.',
      severity: 'error',
      from: { path: '^(src|e2e|test|bench)/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^test/canaries/planted/' },
    tsPreCompilationDeps: true,
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.d.ts', '.mts', '.mjs', '.cjs', '.js', '.json', '.css'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
    cache: false,
  },
};
