import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const LINES = 40;

/**
 * What a suite came to.
 * @typedef {{ passed: number, failed: number, failures: string[] }} Tally
 *   failures: a title with its errors, or a sentence, for each thing that failed.
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

/** What a failed test said, for people: no colours, and long lists of attempts cut short. */
const words = (message) => {
  const lines = stripVTControlCharacters(message).trim().split('\n');
  return lines.length <= LINES ? lines.join('\n') : [...lines.slice(0, LINES - 1), `… ${lines.length - LINES + 1} more lines`].join('\n');
};

/** A title with what was said about it, indented below. */
const told = (title, messages) => [title, ...messages.map((message) => words(message).replace(/^/gm, '  '))].join('\n');

const readReport = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null);

/** Counts a vitest JSON report; a test that was skipped counts as failed. */
export const tallyVitest = (path, code) => {
  const report = readReport(path);
  if (!report) return single(false, 'the unit tests ended without a report');
  const failures = [];
  let passed = 0;
  for (const file of report.testResults) {
    if (file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')) {
      failures.push(`${file.name}: ${words(file.message || 'could not be run')}`);
    }
    for (const test of file.assertionResults) {
      if (test.status === 'passed') passed += 1;
      else if (test.status === 'failed') failures.push(told(test.fullName, test.failureMessages ?? []));
      else failures.push(`${test.fullName} (${test.status})`);
    }
  }
  return honest({ passed, failed: failures.length, failures }, code, 'vitest');
};

const specsIn = (suite, titles = []) => [
  ...(suite.specs ?? []).map((spec) => ({ title: [...titles, spec.title].join(' › '), tests: spec.tests })),
  ...(suite.suites ?? []).flatMap((inner) => specsIn(inner, [...titles, inner.title])),
];

/** Messages with their call logs, each after the place it comes from. */
const errorsOf = ({ results = [] }) =>
  results.flatMap(({ errors = [] }) => errors.map(({ message = '', location }) => (location ? `${basename(location.file)}:${location.line}\n${message}` : message)));

/** Counts a Playwright JSON report; a test that was skipped, or passed only when repeated, counts as failed. */
export const tallyPlaywright = (path, code) => {
  const report = readReport(path);
  if (!report) return single(false, 'the end-to-end tests ended without a report');
  const failures = report.errors.map((error) => words(error.message || 'Playwright could not run'));
  let passed = 0;
  for (const { title, tests } of report.suites.flatMap((suite) => specsIn(suite, [suite.title]))) {
    for (const test of tests) {
      if (test.status === 'expected') passed += 1;
      else failures.push(told(test.status === 'unexpected' ? title : `${title} (${test.status})`, errorsOf(test)));
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
