import { expect, test } from 'vitest';
import { inventJob } from '../../../../test/renderer/invented-jobs';
import { JobState, WaitReason, type Job } from '../../../shared/model/job';
import { createText } from '../../stores/text';
import { jobTone, jobWords } from './job-words';

const NOW = 1_000_000;
const english = createText('en');
const words = (changed: Partial<Job>): string => jobWords(inventJob(changed), NOW, english).replace(/\u00a0/g, ' ');

test.each(['en', 'zh-CN'] as const)('has words for every state and every reason to wait (%s)', (language) => {
  const text = createText(language);
  const jobs = [...JobState.options.map((state) => inventJob({ state })), ...WaitReason.options.map((wait) => inventJob({ wait }))];
  for (const job of jobs) expect(jobWords(job, NOW, text)).not.toMatch(/^$|^state[A-Z]|\{\{|undefined/);
});

test('counts down to the next try, and never below a moment', () => {
  expect(words({ wait: 'retry', waitUntil: NOW + 4200 })).toContain('5 sec');
  expect(words({ wait: 'retry', waitUntil: NOW - 1 })).not.toMatch(/\d/);
  expect(words({ wait: 'rate_limit', waitUntil: NOW + 61_000 })).toContain('2 min');
});

test('tells how far a file is, how fast it goes and how long it takes', () => {
  const sending = { state: 'sending', bytes: 1000, sentBytes: 500, bytesPerSecond: 2_000_000, secondsLeft: 3 } as const;
  expect(words(sending)).toMatch(/50%.*2 MB\/s.*3 sec/);
});

test('claims no percentage when the size or the speed is unknown', () => {
  expect(words({ state: 'sending', bytes: null, sentBytes: 500 })).toContain('500 B');
  expect(words({ state: 'sending', bytes: 1000, sentBytes: 500, bytesPerSecond: null, secondsLeft: null })).not.toContain('%');
});

test('says that it waits for the answer once every byte is out, and does not call that done', () => {
  const out = words({ state: 'sending', bytes: 1000, sentBytes: 1000, bytesPerSecond: 1, secondsLeft: 0 });
  expect(out).toBe(english.t('stateAnswer'));
  expect(out).not.toBe(words({ state: 'done' }));
});

test('tells a picture held for review and one that was there already from a new one', () => {
  expect(new Set([words({ state: 'done' }), words({ state: 'done', duplicate: true }), words({ state: 'done', pendingReview: true })]).size).toBe(3);
});

test('warns where a person may be needed, and not for a job that waits its turn', () => {
  expect(jobTone(inventJob({ state: 'unknown' }))).toBe('warn');
  expect(jobTone(inventJob({ state: 'done', pendingReview: true }))).toBe('warn');
  expect(jobTone(inventJob({ wait: 'account_paused' }))).toBe('warn');
  expect(jobTone(inventJob({ state: 'failed' }))).toBe('danger');
  expect(jobTone(inventJob({ wait: 'same_file' }))).toBe('neutral');
  expect(jobTone(inventJob({}))).toBe('neutral');
  expect(jobTone(inventJob({ state: 'done' }))).toBe('ok');
});
