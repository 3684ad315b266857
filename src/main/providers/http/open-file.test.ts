import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openFile } from './open-file';

const folder = mkdtempSync(join(tmpdir(), 'picferry-open-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const readAll = async (path: string, size: number): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of openFile(path, size)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

test('gives every byte, whatever the size', async () => {
  for (const size of [0, 1, 1000, 1_048_575, 1_048_576, 1_048_577, 3_000_000]) {
    const bytes = randomBytes(size);
    const path = join(folder, `f${size}`);
    writeFileSync(path, bytes);
    expect((await readAll(path, size)).equals(bytes)).toBe(true);
  }
});
test('shows more or less than was promised', async () => {
  const path = join(folder, 'changed');
  writeFileSync(path, randomBytes(5000));
  expect((await readAll(path, 4000)).length).toBeGreaterThan(4000);
  expect(await readAll(path, 6000)).toHaveLength(5000);
});
test('fails with the code of a file that is not there', async () => {
  await expect(readAll(join(folder, 'gone'), 5)).rejects.toMatchObject({ code: 'ENOENT' });
});
