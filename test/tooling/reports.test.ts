import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

type Tally = { readonly passed: number; readonly failed: number; readonly failures: readonly string[] };
type Judge = (path: string, code: number) => Tally;
const { tallyVitest, tallyPlaywright, tallyGraph } = (await import(resolve('scripts/reports.mjs'))) as Record<'tallyVitest' | 'tallyPlaywright' | 'tallyGraph', Judge>;

const folder = mkdtempSync(join(tmpdir(), 'picferry-reports-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const report = (value: unknown): string => {
  const path = join(folder, 'report.json');
  writeFileSync(path, JSON.stringify(value));
  return path;
};
const unit = (...statuses: string[]): string =>
  report({ testResults: [{ name: 'a.test.ts', status: 'passed', assertionResults: statuses.map((status, at) => ({ status, fullName: `test ${at}` })) }] });
const e2e = (...statuses: string[]): string =>
  report({ errors: [], suites: [{ title: 'a.spec.ts', suites: [{ title: 'window', specs: [{ title: 'opens', tests: statuses.map((status) => ({ status })) }] }] }] });

describe('the sum of the unit tests', () => {
  it('counts passed tests', () => {
    expect(tallyVitest(unit('passed', 'passed'), 0)).toEqual({ passed: 2, failed: 0, failures: [] });
  });

  it('counts a skipped test as failed and names it', () => {
    expect(tallyVitest(unit('passed', 'skipped', 'todo'), 0)).toEqual({ passed: 1, failed: 2, failures: ['test 1 (skipped)', 'test 2 (todo)'] });
  });

  it('says what a failed test said', () => {
    const path = report({ testResults: [{ name: 'a.test.ts', status: 'failed', assertionResults: [{ status: 'failed', fullName: 'adds up', failureMessages: ['expected 1 to be 2\n    at a.test.ts:3'] }] }] });
    expect(tallyVitest(path, 1).failures).toEqual(['adds up\n  expected 1 to be 2\n      at a.test.ts:3']);
  });

  it('counts a file that could not be run', () => {
    const broken = report({ testResults: [{ name: 'a.test.ts', status: 'failed', message: 'SyntaxError: no\nstack', assertionResults: [] }] });
    expect(tallyVitest(broken, 1)).toEqual({ passed: 0, failed: 1, failures: ['a.test.ts: SyntaxError: no\nstack'] });
  });

  it('does not believe a good report of a run that ended badly', () => {
    expect(tallyVitest(unit('passed'), 1).failed).toBe(1);
  });

  it('fails when no test ran or no report was left', () => {
    expect(tallyVitest(unit(), 0).failed).toBe(1);
    expect(tallyVitest(join(folder, 'none.json'), 0).failed).toBe(1);
  });
});

describe('the sum of the end-to-end tests', () => {
  it('counts tests in nested groups', () => {
    expect(tallyPlaywright(e2e('expected', 'expected'), 0)).toEqual({ passed: 2, failed: 0, failures: [] });
  });

  it('counts skipped and flaky tests as failed', () => {
    expect(tallyPlaywright(e2e('skipped', 'flaky', 'unexpected'), 1)).toEqual({
      passed: 0,
      failed: 3,
      failures: ['a.spec.ts › window › opens (skipped)', 'a.spec.ts › window › opens (flaky)', 'a.spec.ts › window › opens'],
    });
  });

  it('says what a failed test said, with the place, without colours and cut to a bearable length', () => {
    const log = Array.from({ length: 100 }, (_, line) => `  - attempt ${line}`).join('\n');
    const result = { errors: [{ message: `\u001b[31mError: not visible\u001b[39m\n${log}`, location: { file: '/somewhere/e2e/a.spec.ts', line: 7 } }, { message: 'and another' }] };
    const path = report({ errors: [], suites: [{ title: 'a.spec.ts', specs: [{ title: 'opens', tests: [{ status: 'unexpected', results: [result] }] }] }] });
    const [said = ''] = tallyPlaywright(path, 1).failures;
    const lines = said.split('\n');
    expect(lines.slice(0, 3)).toEqual(['a.spec.ts › opens', '  a.spec.ts:7', '  Error: not visible']);
    expect(lines.at(-1)).toBe('  and another');
    expect(lines.length).toBeLessThan(60);
  });

  it('counts what kept Playwright from running', () => {
    expect(tallyPlaywright(report({ errors: [{ message: 'no config' }], suites: [] }), 1).failures).toEqual(['no config']);
  });
});

describe('the sum of the import rules', () => {
  it('names each violation and counts as one', () => {
    const path = report({ summary: { totalCruised: 3, violations: [{ rule: { name: 'no-cycles' }, from: 'a', to: 'b' }] } });
    expect(tallyGraph(path, 1)).toEqual({ passed: 0, failed: 1, failures: ['no-cycles: a → b'] });
  });
});
