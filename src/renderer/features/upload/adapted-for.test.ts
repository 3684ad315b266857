import { expect, test } from 'vitest';
import type { Account } from '../../../shared/model/account';
import type { Job } from '../../../shared/model/job';
import type { Problem } from '../../../shared/model/problem';
import { adaptedFor, originalKey } from './adapted-for';

const account = (extensions: readonly string[]): Pick<Account, 'capabilities'> => ({ capabilities: { extensions } as unknown as Account['capabilities'] });
const problem = (sub: string, params: Problem['params'] = {}): Problem => ({ kind: 'rejected_file', sub, message: sub, params, retryable: false, retryAfterMs: null, detail: null, at: 0 });
const refused = (part: Partial<Job>): Pick<Job, 'name' | 'state' | 'kind' | 'bytes' | 'problem' | 'adapted'> => ({ name: 'a.png', state: 'failed', kind: 'image', bytes: 12_000_000, problem: problem('tooBig'), adapted: null, ...part });

test('a host that says how much it takes gets no more; one that does not, half of what it refused', () => {
  expect(adaptedFor(refused({ problem: problem('tooBig', { maxBytes: 5_000_000 }) }), undefined)).toEqual({ maxBytes: 5_000_000, format: null });
  expect(adaptedFor(refused({}), undefined)).toEqual({ maxBytes: 6_000_000, format: null });
});

test('what was made to fit and is refused again is offered smaller still, never as large as it was', () => {
  const again = { bytes: 5_800_000, adapted: { maxBytes: 6_000_000, format: null } } as const;
  expect(adaptedFor(refused(again), undefined)).toEqual({ maxBytes: 2_900_000, format: null });
  expect(adaptedFor(refused({ ...again, problem: problem('tooBig', { maxBytes: 6_000_000 }) }), undefined)).toEqual({ maxBytes: 2_900_000, format: null });
  expect(adaptedFor(refused({ bytes: 1_500, adapted: { maxBytes: 1_600, format: null } }), undefined)).toBeNull();
});

test('the original of what was made to fit is offered as what was too large', () => {
  expect([null, { maxBytes: null, format: 'png' as const }, { maxBytes: 5_000, format: null }].map((adapted) => originalKey({ adapted }))).toEqual(['jobOriginal', 'jobOriginal', 'jobOriginalRefused']);
});

test('size and format go together, whichever was refused first', () => {
  expect(adaptedFor(refused({ adapted: { maxBytes: null, format: 'png' } }), undefined)).toEqual({ maxBytes: 6_000_000, format: 'png' });
  expect(adaptedFor(refused({ problem: problem('type'), adapted: { maxBytes: 5_000, format: null } }), account(['PNG']))).toEqual({ maxBytes: 5_000, format: 'png' });
});

test('nothing is offered for a format that was refused after it was chosen, for videos, and for what did not fail', () => {
  expect(adaptedFor(refused({ problem: problem('type'), adapted: { maxBytes: null, format: 'jpeg' } }), account(['jpg']))).toBeNull();
  expect(adaptedFor(refused({ problem: problem('type') }), account(['gif']))).toBeNull();
  for (const part of [{ kind: 'video' }, { state: 'queued' }, { problem: null }, { bytes: null }] as const) expect(adaptedFor(refused(part), undefined)).toBeNull();
});

test('whatever can be decoded here is offered, whatever it is called', () => {
  for (const name of ['a.tiff', 'a.HEIC', 'a', 'a.dat', 'photo.ico.png']) expect(adaptedFor(refused({ name, problem: problem('type') }), undefined)).toEqual({ maxBytes: null, format: 'jpeg' });
});

test('nothing is offered for what cannot be decoded here', () => {
  for (const name of ['a.ico', 'a.PSD', 'photo.png.jxl', 'a.cr2', 'a.icns']) for (const sub of ['type', 'tooBig']) expect(adaptedFor(refused({ name, problem: problem(sub) }), undefined)).toBeNull();
});
