import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as nodeFs from 'node:fs';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyAside, createFileAtomic, keepAside, sweepTemporaryFiles, writeFileAtomic } from './atomic-file';
import { dataFolderId, dataFolderPath, openDataFolder } from './data-folder';
import { thinOut } from './dated-copies';
import { tryLock, withLock } from './file-lock';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const NOW = Date.UTC(2026, 0, 31, 9, 45, 12, 7);
const noSpace = (): never => {
  throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
};

describe('writeFileAtomic', () => {
  it('replaces the content whole and leaves nothing else behind', () => {
    const path = join(folder, 'a.json');
    writeFileAtomic(path, 'one');
    writeFileAtomic(path, '二');
    expect(readFileSync(path, 'utf8')).toBe('二');
    expect(readdirSync(folder)).toEqual(['a.json']);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('keeps the old content when the disk is full, wherever it fails', () => {
    const path = join(folder, 'a.json');
    writeFileAtomic(path, 'old');
    for (const call of ['openSync', 'writeSync', 'fsyncSync', 'renameSync'] as const) {
      expect(() => writeFileAtomic(path, 'new', { fs: { ...nodeFs, [call]: noSpace } })).toThrow('no space');
      expect(readFileSync(path, 'utf8')).toBe('old');
      expect(readdirSync(folder)).toEqual(['a.json']);
    }
  });

  it('finishes a write that the system takes in pieces', () => {
    const path = join(folder, 'a.txt');
    const fs = { ...nodeFs, writeSync: ((file: number, bytes: Uint8Array, at: number) => nodeFs.writeSync(file, bytes, at, 1)) as typeof nodeFs.writeSync };
    writeFileAtomic(path, 'piecemeal', { fs });
    expect(readFileSync(path, 'utf8')).toBe('piecemeal');
  });

  it('shows the old or the new content, never a torn one, when its process is killed', async () => {
    await build({
      logLevel: 'silent',
      configFile: false,
      build: { ssr: join(__dirname, 'atomic-file.ts'), outDir: folder, emptyOutDir: false, rollupOptions: { output: { entryFileNames: 'atomic.mjs' } } },
    });
    const path = join(folder, 'a.json');
    const script = `import { writeFileAtomic } from './atomic.mjs';
      for (let n = 0; ; n += 1) { writeFileAtomic(process.argv[2], JSON.stringify({ n, pad: 'x'.repeat(20000), end: n })); if (n === 5) process.stdout.write('go'); }`;
    writeFileSync(join(folder, 'writer.mjs'), script);
    for (let run = 0; run < 4; run += 1) {
      const child = spawn(process.execPath, [join(folder, 'writer.mjs'), path], { stdio: ['ignore', 'pipe', 'inherit'] });
      await once(child.stdout, 'data');
      const exit = once(child, 'exit');
      child.kill('SIGKILL');
      await exit;
      const value = JSON.parse(readFileSync(path, 'utf8')) as { n: number; end: number };
      expect(value.end).toBe(value.n);
    }
    sweepTemporaryFiles(folder, Date.now());
    expect(readdirSync(folder).sort()).toEqual(['a.json', 'atomic.mjs', 'writer.mjs']);
  });
});

describe('createFileAtomic', () => {
  it('never replaces what is there', () => {
    const path = join(folder, 'a');
    expect(createFileAtomic(path, 'mine')).toBe(true);
    expect(createFileAtomic(path, 'other')).toBe(false);
    expect(readFileSync(path, 'utf8')).toBe('mine');
    expect(readdirSync(folder)).toEqual(['a']);
  });

  it('works where the file system has no hard links', () => {
    const path = join(folder, 'a');
    const fs = { ...nodeFs, linkSync: (): never => { throw Object.assign(new Error('no links'), { code: 'EPERM' }); } };
    expect(createFileAtomic(path, 'mine', { fs })).toBe(true);
    expect(createFileAtomic(path, 'other', { fs })).toBe(false);
    expect(readFileSync(path, 'utf8')).toBe('mine');
  });
});

describe('files kept aside', () => {
  it('get dated names that replace nothing', () => {
    const path = join(folder, 'settings.json');
    for (let n = 0; n < 2; n += 1) {
      writeFileSync(path, String(n));
      keepAside(path, 'corrupt', NOW);
    }
    writeFileSync(path, 'kept');
    copyAside(path, 'backup', NOW);
    expect(readdirSync(folder).sort()).toEqual([
      'settings.backup-20260131-094512-007.json',
      'settings.corrupt-20260131-094512-007-2.json',
      'settings.corrupt-20260131-094512-007.json',
      'settings.json',
    ]);
  });

  it('are thinned out oldest first', () => {
    for (const day of ['01', '03', '02']) writeFileSync(join(folder, `b-${day}.db`), '');
    expect(thinOut(folder, /^b-\d+\.db$/, 2)).toEqual(['b-01.db']);
  });
});

describe('sweepTemporaryFiles', () => {
  it('removes what dead processes left and leaves the living and the strange alone', () => {
    const dead = join(folder, 'a.json.999999999-0123abcd.tmp');
    const mine = join(folder, `b.json.${process.pid}-0123abcd.tmp`);
    const old = join(folder, `c.json.${process.pid}-0123abcd.tmp`);
    for (const path of [dead, mine, old, join(folder, 'notes.tmp')]) writeFileSync(path, '');
    utimesSync(old, new Date(0), new Date(0));
    expect(sweepTemporaryFiles(folder, Date.now())).toBe(2);
    expect(readdirSync(folder).sort()).toEqual([`b.json.${process.pid}-0123abcd.tmp`, 'notes.tmp']);
    expect(sweepTemporaryFiles(join(folder, 'missing'), 0)).toBe(0);
  });
});

describe('locks', () => {
  it('are held by one at a time and taken over from a dead process', () => {
    const path = join(folder, 'x.lock');
    const release = tryLock(path);
    expect(tryLock(path)).toBeUndefined();
    expect(() => withLock(path, () => 1, 20)).toThrow('lock');
    release?.();
    writeFileSync(path, '999999999 abcd');
    expect(withLock(path, () => 2)).toBe(2);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('are never held by two of several processes that give and take them all the time', async () => {
    const built = join(folder, 'built');
    await build({
      logLevel: 'silent',
      configFile: false,
      build: { ssr: join(import.meta.dirname, 'file-lock.ts'), outDir: built, rolldownOptions: { output: { entryFileNames: 'lock.mjs' } } },
    });
    const script = join(built, 'counter.mjs');
    writeFileSync(
      script,
      `import { readFileSync, writeFileSync } from 'node:fs';
      import { withLock } from './lock.mjs';
      const [file] = process.argv.slice(2);
      for (let n = 0; n < 100; n += 1) withLock(file + '.lock', () => writeFileSync(file, String(Number(readFileSync(file, 'utf8')) + 1)), 60_000);`,
    );
    const count = join(folder, 'count');
    writeFileSync(count, '0');
    const run = promisify(execFile);
    await Promise.all([1, 2, 3].map(() => run(process.execPath, [script, count])));
    expect(readFileSync(count, 'utf8')).toBe('300');
  });
});

describe('the data folder', () => {
  const facts = { env: {}, platform: 'linux', home: '/home/p', cwd: '/work' };

  it('lies where each system wants it, or where PICFERRY_HOME says', () => {
    expect(dataFolderPath(facts)).toBe('/home/p/.config/Picferry');
    expect(dataFolderPath({ ...facts, env: { XDG_CONFIG_HOME: '/x' } })).toBe('/x/Picferry');
    expect(dataFolderPath({ ...facts, env: { XDG_CONFIG_HOME: 'relative' } })).toBe('/home/p/.config/Picferry');
    expect(dataFolderPath({ ...facts, platform: 'darwin' })).toBe('/home/p/Library/Application Support/Picferry');
    expect(dataFolderPath({ ...facts, platform: 'win32', env: { APPDATA: '/ad' } })).toBe('/ad/Picferry');
    expect(dataFolderPath({ ...facts, env: { PICFERRY_HOME: 'mine', XDG_CONFIG_HOME: '/x' } })).toBe('/work/mine');
  });

  it('is made for its owner alone and says that it can be written', () => {
    const made = openDataFolder(join(folder, 'Picferry'));
    expect(made).toMatchObject({ writable: true, why: null });
    expect(statSync(made.store).mode & 0o777).toBe(0o700);
    expect(readdirSync(made.store)).toEqual([]);
  });

  it('says why it cannot be written', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(openDataFolder(join(folder, 'file'))).toMatchObject({ writable: false, why: 'ENOTDIR' });
  });

  it('has one id for good', () => {
    mkdirSync(join(folder, 'store'));
    const id = dataFolderId(join(folder, 'store'));
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(dataFolderId(join(folder, 'store'))).toBe(id);
    writeFileSync(join(folder, 'store', 'folder-id'), '');
    expect(dataFolderId(join(folder, 'store'))).toMatch(/^[0-9a-f-]{36}$/);
  });
});
