import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileLogger, redact, withoutAddresses } from './logger';
import { PicferryError, problemOf } from './picferry-error';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the log', () => {
  it('holds no path, query, login or secret, however deep it lies', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9]{12}$/), (secret) => {
        const cause = new Error(`fetch of https://user:${secret}@h.example/delete/${secret}?k=${secret} failed`);
        const error = new Error('outer', { cause });
        const text = JSON.stringify(redact({ error, url: `http://h.example/${secret}`, deep: [{ token: secret, apiKey: secret, deleteUrl: secret }], bytes: Buffer.from(secret) }));
        expect(text).not.toContain(secret);
        expect(text).toContain('https://h.example');
      }),
    );
  });

  it('cuts addresses back to their origin inside a sentence', () => {
    expect(withoutAddresses('see https://h.example:8443/a/b?c=d#e, or http://x')).toBe('see https://h.example:8443 or http://x');
  });

  it('writes one JSON value a line from its level on', () => {
    const log = createFileLogger({ folder, now: () => 0, level: 'info' });
    log.log('debug', 'left out');
    log.log('warn', 'kept', { jobs: 3, error: new PicferryError(problemOf({ kind: 'file', message: 'x' }, 0)) });
    const line = JSON.parse(readFileSync(join(folder, 'picferry.log'), 'utf8')) as Record<string, unknown>;
    expect(line).toMatchObject({ at: '1970-01-01T00:00:00.000Z', level: 'warn', message: 'kept', jobs: 3, error: { problem: { kind: 'file' } } });
  });

  it('puts full files away and keeps only a few', () => {
    const log = createFileLogger({ folder, now: () => 0, maxBytes: 300, keep: 2 });
    for (let n = 0; n < 30; n += 1) log.log('info', 'a line', { n });
    expect(readdirSync(folder).sort()).toEqual(['picferry.1.log', 'picferry.2.log', 'picferry.log']);
    expect(readFileSync(join(folder, 'picferry.log'), 'utf8')).toContain('"n":29');
  });

  it('costs nothing but the line when it cannot be written', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => createFileLogger({ folder: join(folder, 'file'), now: () => 0 }).log('error', 'lost')).not.toThrow();
  });
});
