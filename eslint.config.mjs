import js from '@eslint/js';
import n from 'eslint-plugin-n';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** The oldest Node our main-process code meets: Electron 25 carries 18.15. */
const oldestNode = '>=18.15.0';

const nodeGlobals = Object.fromEntries(
  ['process', 'URL', 'Buffer', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'URLSearchParams'].map((name) => [name, 'readonly']),
);

const newerThanFloor = [['AbortSignal', 'any'], ['URL', 'canParse'], ['Promise', 'withResolvers'], ['Promise', 'try'], ['Array', 'fromAsync']].map(
  ([object, property]) => ({ object, property, message: 'Electron 25 carries Node 18.15, which lacks it.' }),
);

const tests = ['**/*.test.{ts,tsx}', 'e2e/**/*.ts', 'test/**/*.ts', 'bench/**/*.ts'];
const specs = ['**/*.test.{ts,tsx}', 'e2e/**/*.spec.ts'];
const nodeCode = ['src/main/**/*.ts', 'src/lib/**/*.ts', 'src/host/**/*.ts', 'src/merge/**/*.ts'];

/** Names from a package that only one folder may import, because it checks or wraps every use. */
const owned = {
  ipcMain: { name: 'electron', importNames: ['ipcMain'], message: 'Register a call in the contract and its handler by register() of src/main/ipc.' },
  ipcRenderer: { name: 'electron', importNames: ['ipcRenderer'], message: 'Only src/preload speaks IPC; the window uses src/renderer/bridge.' },
  clipboard: { name: 'electron', importNames: ['clipboard'], message: 'Use the clipboard port of src/main/platform: Electron 44 changed it whole.' },
  keyring: { name: '@napi-rs/keyring', message: 'Secrets go through the vault of src/main/secrets.' },
};
const wholeElectron = { name: 'electron', importNames: ['default'], message: 'Import what you need by name, so that the other rules can see it.' };

const restrictedImports = (...allowed) => [
  'error',
  {
    paths: [
      ...Object.entries(owned)
        .filter(([key]) => !allowed.includes(key))
        .map(([, rule]) => rule),
      wholeElectron,
    ],
  },
];

const syntax = {
  defaultExport: { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
  enumeration: { selector: 'TSEnumDeclaration', message: 'Use a union of strings.' },
  send: {
    selector: "CallExpression[callee.property.name='send'][callee.object.property.name='webContents'], CallExpression[callee.property.name='send'][callee.object.name='webContents']",
    message: 'Send events to a window by src/main/ipc, which knows the contract.',
  },
  bridge: {
    selector: "MemberExpression[object.name='window'][property.name='api'], MemberExpression[object.name='globalThis'][property.name='api']",
    message: 'Only src/renderer/bridge touches window.api.',
  },
  swallow: {
    selector: "CallExpression[callee.property.name='catch'] > ArrowFunctionExpression[body.type='BlockStatement'][body.body.length=0]",
    message: 'Do not swallow a rejection: handle it or let it fail.',
  },
  sleep: {
    selector: "CallExpression[callee.property.name='waitForTimeout'], NewExpression[callee.name='Promise'] CallExpression[callee.name='setTimeout']",
    message: 'Wait for a condition or an event, not for time to pass.',
  },
  skipped: {
    selector: "CallExpression > MemberExpression.callee[object.name=/^(test|it|describe|suite)$/][property.name=/^(only|skip|todo|fixme|fails)$/]",
    message: 'Every test runs, every time.',
  },
};
const restrictedSyntax = (...names) => ['error', ...names.map((name) => syntax[name])];

export default tseslint.config(
  {
    ignores: ['out/**', '*.config.ts.*.mjs', '.tsbuild/**', 'test-results/**', 'playwright-report/**', 'coverage/**', 'test/canaries/planted/**'],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx,mts}'],
    extends: [tseslint.configs.recommended],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      // Factories that return an object of small functions count as one: length is bounded loosely, branching tightly.
      'max-lines-per-function': ['error', { max: 220, skipBlankLines: true, skipComments: true }],
      complexity: ['error', 30],
      'no-restricted-syntax': restrictedSyntax('defaultExport', 'enumeration', 'send', 'swallow'),
      '@typescript-eslint/no-restricted-imports': restrictedImports(),
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' }],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: nodeCode,
    ignores: tests,
    plugins: { n },
    settings: { node: { version: oldestNode } },
    rules: {
      // Behind a flag in 18, which eslint-plugin-n takes for experimental.
      'no-restricted-globals': ['error', { name: 'crypto', message: "Import webcrypto or randomUUID from 'node:crypto'." }],
      // Newer than 18.15 and unknown to eslint-plugin-n.
      'no-restricted-properties': ['error', ...newerThanFloor],
      // fetch, FormData and Blob work in 18.15 although Node called them experimental then.
      'n/no-unsupported-features/node-builtins': ['error', { version: oldestNode, allowExperimental: true }],
      'n/no-unsupported-features/es-builtins': ['error', { version: oldestNode }],
    },
  },
  { files: ['src/main/ipc/**/*.ts'], rules: {
    '@typescript-eslint/no-restricted-imports': restrictedImports('ipcMain'),
    'no-restricted-syntax': restrictedSyntax('defaultExport', 'enumeration', 'swallow'),
  } },
  { files: ['src/main/platform/**/*.ts'], rules: { '@typescript-eslint/no-restricted-imports': restrictedImports('clipboard') } },
  { files: ['src/main/secrets/**/*.ts'], rules: { '@typescript-eslint/no-restricted-imports': restrictedImports('keyring') } },
  { files: ['src/preload/**/*.ts'], rules: { '@typescript-eslint/no-restricted-imports': restrictedImports('ipcRenderer') } },
  {
    files: ['src/renderer/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
    },
  },
  {
    files: ['src/renderer/**/*.{ts,tsx}'],
    ignores: ['src/renderer/bridge/**'],
    rules: { 'no-restricted-syntax': restrictedSyntax('defaultExport', 'enumeration', 'bridge', 'swallow') },
  },
  { files: ['**/*.tsx', ...tests], rules: { 'max-lines-per-function': 'off' } },
  // Playwright reads what a fixture needs from its first parameter's pattern; an empty one says "nothing".
  { files: ['e2e/**/*.ts'], rules: { 'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }] } },
  { files: specs, rules: { 'no-restricted-syntax': restrictedSyntax('defaultExport', 'enumeration', 'swallow', 'sleep', 'skipped') } },
  {
    files: ['**/*.{mjs,cjs,js}', '**/*.config.{ts,mts}'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['scripts/**/*.mjs'],
    rules: {
      'no-console': 'error',
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
    },
  },
  { files: ['**/*.mjs'], languageOptions: { globals: nodeGlobals } },
  // Functions handed to a page run there.
  { files: ['test/**/*.mjs'], languageOptions: { globals: { document: 'readonly', innerWidth: 'readonly', requestAnimationFrame: 'readonly' } } },
  {
    // package.json has no "type": a plain .js file is CommonJS.
    files: ['**/*.{js,cjs}'],
    languageOptions: { sourceType: 'commonjs', globals: { ...nodeGlobals, module: 'writable', require: 'readonly', __dirname: 'readonly' } },
  },
);
