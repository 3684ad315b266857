import { existsSync, readFileSync } from 'node:fs';

/**
 * What a suite came to.
 * @typedef {{ passed: number, failed: number, failures: string[] }} Tally
 *   failures: a title, or a sentence, for each thing that failed.
 */

/** A check that is one thing: passed or not. */
export const single = (ok, sentence) => (ok ? { passed: 1, failed: 0, failures: [] } : { passed: 0, failed: 1, failures: [sentence] });

/** A run whose report says all is well must also have ended well; one without any test proves nothing. */
const honest = (tally, code, name) => {
  if (tally.failed === 0 && (code !== 0 || tally.passed === 0)) {
    const why = tally.passed === 0 ? `${name} ran no tests` : `${name} ended with exit code ${code}`;
    return { ...tally, failed: 1, failures: [why] };
  }
  return tally;
};

const readReport = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null);

/** Counts a vitest JSON report; a test that was skipped counts as failed. */
export const tallyVitest = (path, code) => {
  const report = readReport(path);
  if (!report) return single(false, 'the unit tests ended without a report');
  const failures = [];
  let passed = 0;
  for (const file of report.testResults) {
    if (file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')) {
      failures.push(`${file.name}: ${(file.message || 'could not be run').split('\n')[0]}`);
    }
    for (const test of file.assertionResults) {
      if (test.status === 'passed') passed += 1;
      else failures.push(test.status === 'failed' ? test.fullName : `${test.fullName} (${test.status})`);
    }
  }
  return honest({ passed, failed: failures.length, failures }, code, 'vitest');
};

const specsIn = (suite, titles = []) => [
  ...(suite.specs ?? []).map((spec) => ({ title: [...titles, spec.title].join(' › '), tests: spec.tests })),
  ...(suite.suites ?? []).flatMap((inner) => specsIn(inner, [...titles, inner.title])),
];

/** Counts a Playwright JSON report; a test that was skipped, or passed only when repeated, counts as failed. */
export const tallyPlaywright = (path, code) => {
  const report = readReport(path);
  if (!report) return single(false, 'the end-to-end tests ended without a report');
  const failures = report.errors.map((error) => (error.message || 'Playwright could not run').split('\n')[0]);
  let passed = 0;
  for (const { title, tests } of report.suites.flatMap((suite) => specsIn(suite, [suite.title]))) {
    for (const test of tests) {
      if (test.status === 'expected') passed += 1;
      else failures.push(test.status === 'unexpected' ? title : `${title} (${test.status})`);
    }
  }
  return honest({ passed, failed: failures.length, failures }, code, 'Playwright');
};

/** Judges a dependency-cruiser JSON report; cruising nothing is a failure, for it would find no fault anywhere. */
export const tallyGraph = (path) => {
  const report = readReport(path);
  if (!report) return single(false, 'dependency-cruiser ended without a report');
  const { totalCruised, violations } = report.summary;
  if (totalCruised === 0) return single(false, 'dependency-cruiser looked at 0 modules');
  const faults = violations.map((fault) => `${fault.rule.name}: ${fault.from} → ${fault.to}`);
  return { passed: faults.length === 0 ? 1 : 0, failed: faults.length === 0 ? 0 : 1, failures: faults };
};
