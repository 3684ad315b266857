import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { STEP_BYTES, type StepBuffers } from '../../lib/step-buffers';
import { readChecked, type ReadHooks } from './read-checked';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-read-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const fileOf = (name: string, content: Buffer) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return { path, facts: { bytes: content.length, modifiedMs: statSync(path).mtimeMs, sha256: null } };
};
/** Buffers that spoil what is given back, so that whoever still reads it notices. */
const counted = (): StepBuffers & { out: number; made: number } => {
  const free: Buffer[] = [];
  return {
    out: 0,
    made: 0,
    take() {
      this.out += 1;
      const known = free.pop();
      if (known === undefined) this.made += 1;
      return known ?? Buffer.alloc(STEP_BYTES);
    },
    give(buffer) {
      this.out -= 1;
      free.push(buffer.fill(0xee));
    },
  };
};
const hooks = (changes: Partial<ReadHooks> = {}): ReadHooks => ({ onFirst: () => Promise.resolve(), onFault: () => undefined, onHash: () => undefined, ...changes });

it('gives the bytes and the digest of files of every size, whoever used the buffers before', async () => {
  const buffers = counted();
  const sizes = [1, STEP_BYTES - 1, STEP_BYTES, STEP_BYTES + 1, 3 * STEP_BYTES, 5 * STEP_BYTES + 7];
  const read = async (size: number, at: number): Promise<boolean> => {
    const content = randomBytes(size);
    const { path, facts } = fileOf(`${at}`, content);
    const hash = createHash('sha256');
    const seen: string[] = [];
    for await (const step of readChecked(path, facts, buffers, hooks({ onHash: (digest) => void seen.push(digest) }))) hash.update(step);
    return seen.length === 1 && seen[0] === sha(content) && hash.digest('hex') === seen[0];
  };
  for (let round = 0; round < 3; round += 1) expect(await Promise.all(sizes.map(read))).toEqual(sizes.map(() => true));
  expect(buffers.out).toBe(0);
  expect(buffers.made).toBeLessThanOrEqual(2 * sizes.length);
});

it('leaves a step as it is until the next one is asked for, and two buffers are enough for any file', async () => {
  const buffers = counted();
  const content = randomBytes(6 * STEP_BYTES);
  const { path, facts } = fileOf('a', content);
  let at = 0;
  for await (const step of readChecked(path, facts, buffers, hooks())) {
    await new Promise((resolve) => setImmediate(resolve));
    expect(step.equals(content.subarray(at, at + step.length))).toBe(true);
    at += step.length;
  }
  expect([at, buffers.made]).toEqual([content.length, 2]);
});

it('does not give back buffers whose bytes may still be on their way', async () => {
  const buffers = counted();
  const { path, facts } = fileOf('a', randomBytes(4 * STEP_BYTES));
  for await (const step of readChecked(path, facts, buffers, hooks())) if (step.length > 0) break;
  expect(buffers.out).toBe(2);
});

it('gives out nothing when the first byte is not allowed to leave', async () => {
  const { path, facts } = fileOf('a', randomBytes(100));
  const reading = readChecked(path, facts, counted(), hooks({ onFirst: () => Promise.reject(new Error('the disk is full')) }));
  await expect(reading.next()).rejects.toThrow('the disk is full');
});
