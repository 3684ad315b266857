/**
 * The checkers are checked: each rule has a fault planted in ./planted, marked in its first lines
 * ("// graph: RULE", "// lint: RULE: part of the message", "// types: CODE"), and each tool must find it.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const planted = join(import.meta.dirname, 'planted');
const environments = ['shared', 'merge', 'lib', 'host', 'main', 'preload', 'renderer', 'test'];
const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const cruiserConfig = join(root, '.dependency-cruiser.cjs');

type Fault = { readonly file: string; readonly rule: string; readonly text: string };
type CruiseResult = {
  readonly summary: { readonly totalCruised: number; readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[] };
};
type LintResult = { readonly filePath: string; readonly messages: readonly { readonly ruleId: string | null; readonly message: string }[] };

/** What a tool prints; faults make these tools exit with an error, which is the point. */
const output = (cwd: string, script: string, ...args: string[]): Promise<string> =>
  new Promise((done, fail) => {
    execFile(process.execPath, [script, ...args], { cwd, maxBuffer: 50_000_000 }, (error, stdout, stderr) => {
      if (stdout === '' && error) fail(new Error(stderr || error.message));
      else done(stdout);
    });
  });

const graphFaults = async (): Promise<Fault[]> => {
  const text = await output(planted, cruiser, 'src', 'e2e', 'test', 'bench', '--config', cruiserConfig, '--output-type', 'json');
  return (JSON.parse(text) as CruiseResult).summary.violations.map((fault) => ({ file: fault.from, rule: fault.rule.name, text: '' }));
};

const lintFaults = async (): Promise<Fault[]> => {
  const text = await output(planted, join(root, 'node_modules/eslint/bin/eslint.js'), '.', '--config', join(root, 'eslint.config.mjs'), '--format', 'json');
  return (JSON.parse(text) as LintResult[]).flatMap(({ filePath, messages }) =>
    messages.map((fault) => ({ file: relative(planted, filePath), rule: fault.ruleId ?? '', text: fault.message })),
  );
};

const typeFaults = async (): Promise<Fault[]> => {
  const found: Fault[] = [];
  for (const name of environments) {
    const text = await output(planted, join(root, 'node_modules/typescript/bin/tsc'), '-p', `tsconfig.${name}.json`, '--pretty', 'false');
    for (const match of text.matchAll(/^(\S+)\(\d+,\d+\): error (TS\d+): (.*)$/gm)) {
      found.push({ file: match[1] ?? '', rule: match[2] ?? '', text: match[3] ?? '' });
    }
  }
  return found;
};

const plantedFiles = readdirSync(planted, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));

const expected = (tool: string): Fault[] =>
  plantedFiles.flatMap((file) =>
    [...readFileSync(join(planted, file), 'utf8').matchAll(/^\/\/ (\w+): (\S+?)(?:: (.*))?$/gm)]
      .filter((mark) => mark[1] === tool)
      .map((mark) => ({ file, rule: mark[2] ?? '', text: mark[3] ?? '' })),
  );

const show = (fault: Fault): string => `${fault.rule} in ${fault.file}${fault.text && `: ${fault.text}`}`;
const missing = (wanted: readonly Fault[], found: readonly Fault[]): string[] =>
  wanted.filter((want) => !found.some((fault) => fault.file === want.file && fault.rule === want.rule && fault.text.includes(want.text))).map(show);

describe('planted faults', () => {
  let graph: Fault[] = [];
  let lint: Fault[] = [];
  let types: Fault[] = [];

  beforeAll(async () => {
    [graph, lint, types] = await Promise.all([graphFaults(), lintFaults(), typeFaults()]);
  }, 120_000);

  it('are found by the import rules, each under its rule', () => {
    expect(missing(expected('graph'), graph)).toEqual([]);
  });

  it('exist for every import rule', () => {
    const rules = (createRequire(import.meta.url)(cruiserConfig) as { forbidden: { name: string }[] }).forbidden.map(({ name }) => name);
    const covered = new Set(expected('graph').map(({ rule }) => rule));
    expect(rules.filter((name) => !covered.has(name))).toEqual([]);
  });

  it('are found by the linter, each under its rule', () => {
    expect(missing(expected('lint'), lint)).toEqual([]);
  });

  it('are found by the compiler of their environment', () => {
    expect(missing(expected('types'), types)).toEqual([]);
  });

  it('exist for every environment', () => {
    const places = new Set(expected('types').map(({ file }) => file.split('/').slice(0, 2).join('/')));
    expect([...places].filter((place) => place.startsWith('src/')).sort()).toEqual(environments.filter((name) => name !== 'test').map((name) => `src/${name}`).sort());
  });
});

describe('the environments', () => {
  it('are all the folders of src, and the solution names each of them', () => {
    const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).sort()).toEqual(environments.filter((name) => name !== 'test').sort());
    const solution = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')) as { references: { path: string }[] };
    expect(solution.references.map(({ path }) => path).sort()).toEqual(environments.map((name) => `./tsconfig.${name}.json`).sort());
  });
});

describe('a check of nothing', () => {
  it('counts as failed, although dependency-cruiser finds no fault in it', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'picferry-canary-'));
    try {
      const report = join(empty, 'graph.json');
      await output(empty, cruiser, '.', '--config', cruiserConfig, '--output-type', 'json', '--output-to', report);
      expect((JSON.parse(readFileSync(report, 'utf8')) as CruiseResult).summary.totalCruised).toBe(0);
      const { tallyGraph } = (await import(join(root, 'scripts/reports.mjs'))) as { tallyGraph: (path: string) => { failed: number } };
      expect(tallyGraph(report).failed).toBe(1);
    } finally {
      rmSync(empty, { recursive: true, force: true });
    }
  });
});
