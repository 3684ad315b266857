import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mp4 } from '../../../test/host/pictures';
import { png } from '../../../test/queue/queue-world';
import { PicferryError } from '../../lib/picferry-error';
import { PreparationProfile } from '../../shared/model/preparation';
import { AS_IT_IS, PRIVATE } from '../../shared/model/preparation-profiles';
import type { Studio } from '../imaging';
import { createPrepareFile } from '.';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-unstripped-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Making = Pick<Studio, 'make'>;
const never = new AbortController().signal;
const blog = PreparationProfile.parse({ id: 'blog', name: 'Blog', format: 'webp' });
const idle: Making = { make: () => Promise.resolve({ type: 'alone', why: 'nothing' }) };
const preparing = (profile: PreparationProfile = PRIVATE, studio = idle) => {
  const prepare = createPrepareFile({ folder: join(folder, 'prepared'), newId: randomUUID, now: () => 1_700_000_000_000, studio });
  return (file: { readonly path: string; readonly name: string }, signal: AbortSignal) => prepare({ ...file, profile }, signal);
};
const write = (name: string, content: Uint8Array): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('a file whose metadata is to go, and does not', () => {
  it('lets no picture out that does not give up its metadata, unless the profile leaves that in', async () => {
    const photo = Buffer.concat([Buffer.from('ffd8fffe001d', 'hex'), Buffer.from('taken in the secret garden!'), Buffer.from('ffc0000b080014001e01011100ffda0008010100003f00', 'hex'), Buffer.alloc(3_000_000, 'picture'), Buffer.from('ffd9', 'hex')]);
    const short = photo.subarray(0, 20);
    const webp = Buffer.concat([Buffer.from('RIFF\x0e\0\0\0WEBPVP8X\x0a\0\0\0\x08\0\0\0\0\0\0\0\0\0EXIF\x10\0\0\0', 'latin1'), Buffer.from('39.9 N, 116.4 E ')]);
    for (const [name, content, problem] of [
      ['damaged.jpg', Buffer.concat([Buffer.from('ffd8', 'hex'), photo]), { message: 'stripBroken', retryable: false }],
      ['wrong.webp', webp, { message: 'stripBroken', retryable: false }],
      ['short.jpg', short, { message: 'stripCut', retryable: true }],
      ['big.tif', Buffer.from('49492b000800000000000000000000000000', 'hex'), { message: 'stripOdd', retryable: false }],
    ] as const) {
      const path = write(name, content);
      await expect(preparing()({ path, name }, never)).rejects.toMatchObject({ problem: { kind: 'file', sub: 'prepare', ...problem, params: { name, profile: 'private' } } });
      expect(await preparing(AS_IT_IS)({ path, name }, never)).toMatchObject({ prepared: null, sha256: sha(content), report: { kept: null } });
    }
    expect(existsSync(join(folder, 'prepared'))).toBe(false);
  });

  it('lets no picture out that is left alone and does not give up its metadata', async () => {
    const moving: Making = { make: () => Promise.resolve({ type: 'alone', why: 'animated' }) };
    const prepared = preparing(blog, moving)({ path: write('a.png', png().subarray(0, -9)), name: 'a.png' }, never);
    await expect(prepared).rejects.toMatchObject({ problem: { message: 'stripCut' } });
  });

  it('tells of a picture that cannot be made ready whether it would give up its metadata at least', async () => {
    const failing: Making = { make: () => Promise.resolve({ type: 'failed', why: 'failed' }) };
    for (const [content, profile, stays] of [
      [png(), blog, undefined],
      [png().subarray(0, -9), blog, 'cut'],
      [png().subarray(0, -9), { ...blog, metadata: 'keep' }, undefined],
    ] as const) {
      const error: unknown = await preparing(profile, failing)({ path: write('a.png', content), name: 'a.png' }, never).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(PicferryError);
      expect((error as PicferryError).problem).toMatchObject({ message: 'prepareFailed' });
      expect((error as PicferryError).problem.params['stays']).toBe(stays);
    }
  });

  it('says of a video that location and camera data may be in it, whatever it is called, where they are to go', async () => {
    for (const name of ['film.mp4', 'film.jpg']) {
      const path = write(name, mp4());
      expect(await preparing()({ path, name }, never)).toMatchObject({ kind: 'video', prepared: null, sha256: sha(mp4()), report: { kept: 'video', removed: [], left: null, originalBytes: mp4().length } });
      expect((await preparing(AS_IT_IS)({ path, name }, never)).report).toBeNull();
    }
    expect((await preparing()({ path: write('words.txt', Buffer.from('words')), name: 'words.txt' }, never)).report).toBeNull();
  });
});
