import { expect, test } from 'vitest';
import { inventJob } from '../../../../test/renderer/invented-jobs';
import type { Problem } from '../../../shared/model/problem';
import { adaptedFor } from './adapted-for';

const problem = (sub: string): Problem => ({ kind: 'rejected_file', sub, message: sub, params: {}, retryable: false, retryAfterMs: null, detail: null, at: 1 });
const refused = (name: string, sub: string) => ({ ...inventJob({ id: 'a', batchId: 'a', position: 0, createdAt: 1 }), name, kind: 'image', state: 'failed', bytes: 5_000_000, problem: problem(sub), adapted: null }) as const;

test('a refused picture is offered to be made into what its host takes', () => {
  for (const name of ['a.tiff', 'a.HEIC', 'a', 'a.dat', 'photo.ico.png']) {
    expect(adaptedFor(refused(name, 'type'), undefined)).toEqual({ maxBytes: null, format: 'jpeg' });
    expect(adaptedFor(refused(name, 'tooBig'), undefined)).toEqual({ maxBytes: 2_500_000, format: null });
  }
});

test('nothing is offered for what cannot be decoded here', () => {
  for (const name of ['a.ico', 'a.PSD', 'photo.png.jxl', 'a.cr2', 'a.icns']) for (const sub of ['type', 'tooBig']) expect(adaptedFor(refused(name, sub), undefined)).toBeNull();
});
