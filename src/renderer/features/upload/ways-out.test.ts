import { expect, test } from 'vitest';
import type { Account } from '../../../shared/model/account';
import type { Job } from '../../../shared/model/job';
import type { PreparationProfile, PreparationSettings } from '../../../shared/model/preparation';
import { newProfile } from '../../../shared/model/preparation-profiles';
import type { Problem } from '../../../shared/model/problem';
import { waysOut } from './ways-out';

const account = (extensions: readonly string[]): Pick<Account, 'capabilities'> => ({ capabilities: { extensions } as unknown as Account['capabilities'] });
const problem = (message: string, part: Partial<Problem> = {}): Problem => ({ kind: 'file', sub: 'prepare', message, params: {}, retryable: true, retryAfterMs: null, detail: null, at: 0, ...part });
const settings = (profile: Partial<PreparationProfile> = {}): PreparationSettings => ({ profiles: [{ ...newProfile('own', 'Own'), ...profile }], defaultProfile: 'own', accounts: {} });
const failed = (message: string, part: Partial<Job> = {}): Pick<Job, 'name' | 'state' | 'kind' | 'bytes' | 'problem' | 'adapted' | 'profile' | 'accountId'> =>
  // Of a file that could not be made ready nothing is known but its name.
  ({ name: 'a.jpg', state: 'failed', kind: 'other', bytes: null, problem: problem(message), adapted: null, profile: null, accountId: 'a', ...part });

const asWebp = { type: 'adapt', adapted: { maxBytes: null, format: 'webp' } } as const;
const onlyPrivate = { type: 'profile', profile: 'private' } as const;
const original = { type: 'profile', profile: 'none' } as const;

test('what took too long or too much memory is offered in a lighter format, then without work on its pixels, then as it is', () => {
  for (const message of ['prepareTimeout', 'prepareMemory']) expect(waysOut(failed(message), undefined, settings({ format: 'avif' }))).toEqual([asWebp, onlyPrivate, original]);
  expect(waysOut(failed('prepareTimeout'), undefined, settings({ format: 'webp', formatRules: [{ input: 'jpeg', format: 'avif' }] }))).toEqual([asWebp, onlyPrivate, original]);
  expect(waysOut(failed('prepareNoFit', { name: 'a.PNG' }), undefined, settings({ maxBytes: 2_000 }))).toEqual([asWebp, onlyPrivate, original]);
});

test('the lighter format is one that the host takes, once, and only where it helps', () => {
  const avif = settings({ format: 'avif' });
  expect(waysOut(failed('prepareTimeout'), account(['JPG', 'avif']), avif)[0]).toEqual({ type: 'adapt', adapted: { maxBytes: null, format: 'jpeg' } });
  expect(waysOut(failed('prepareTimeout'), account(['avif']), avif)).toEqual([onlyPrivate, original]);
  expect(waysOut(failed('prepareTimeout', { adapted: { maxBytes: null, format: 'webp' } }), undefined, avif)).toEqual([onlyPrivate, original]);
  expect(waysOut(failed('prepareTimeout', { adapted: { maxBytes: 9_000, format: null } }), undefined, avif)[0]).toEqual({ type: 'adapt', adapted: { maxBytes: 9_000, format: 'webp' } });
  for (const message of ['prepareTooBig', 'prepareFailed', 'prepareNoLetters']) expect(waysOut(failed(message), undefined, avif)).toEqual([onlyPrivate, original]);
  expect(waysOut(failed('prepareTimeout'), undefined, settings({ format: 'jpeg' }))).toEqual([onlyPrivate, original]);
});

test('what a profile never took out is not offered to be taken out, and a file as it is not twice', () => {
  expect(waysOut(failed('prepareTimeout'), undefined, settings({ format: 'jpeg', metadata: 'keep' }))).toEqual([original]);
  expect(waysOut(failed('prepareFailed'), undefined, settings())).toEqual([original]);
  expect(waysOut(failed('prepareFailed', { problem: problem('prepareFailed', { params: { name: 'a.jpg', profile: 'Own' } }) }), undefined, settings())).toEqual([original]);
  expect(waysOut(failed('prepareBadName'), undefined, settings())).toEqual([onlyPrivate, original]);
  expect(waysOut(failed('prepareFailed', { profile: 'none' }), undefined, settings())).toEqual([]);
  expect(waysOut(failed('prepareNoFit', { profile: 'none', adapted: { maxBytes: 1_000, format: null } }), undefined, settings())).toEqual([original]);
});

test('a picture that does not give up its location and camera data is offered as it is alone', () => {
  for (const message of ['stripBroken', 'stripCut', 'stripOdd', 'prepareFailed', 'prepareTooBig']) {
    const params = { name: 'a.webp', profile: 'Framed', stays: 'broken' };
    expect([message, waysOut(failed(message, { problem: problem(message, { params }) }), undefined, settings({ format: 'jpeg' }))]).toEqual([message, [original]]);
  }
});

test('the way without location and camera data stays first when the profile that failed is no longer the one in use', () => {
  for (const message of ['prepareNoLetters', 'prepareNoMark', 'prepareTimeout', 'prepareTooBig']) expect(waysOut(failed(message), undefined, settings())).toEqual([onlyPrivate, original]);
  expect(waysOut(failed('prepareFailed', { problem: problem('prepareFailed', { params: { name: 'a.jpg', profile: 'Framed' } }) }), undefined, settings())).toEqual([onlyPrivate, original]);
});

test('what a host refused is made to fit, and what did not fail is left alone', () => {
  const refused = failed('tooBig', { kind: 'image', bytes: 8_000, problem: problem('tooBig', { kind: 'rejected_file', sub: 'tooBig' }) });
  expect(waysOut(refused, undefined, settings())).toEqual([{ type: 'adapt', adapted: { maxBytes: 4_000, format: null } }]);
  expect(waysOut({ ...refused, state: 'queued' }, undefined, settings())).toEqual([]);
  expect(waysOut(failed('prepareTimeout', { state: 'cancelled' }), undefined, settings({ format: 'avif' }))).toEqual([]);
});
