import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PicferryError } from '../../lib/picferry-error';
import { bundleProgram } from '../../../test/programs/bundle';
import { createTransferWorld, invented, NOW, type TransferWorld } from '../../../test/transfer/transfer-world';
import type { NewUpload } from '../library';
import { writeWhole } from './file/write-whole';

const ALL = { accounts: true, uploads: true, settings: true };
const PASS = '口令 with spaces';

let here: TransferWorld;
let there: TransferWorld;
beforeEach(async () => {
  [here, there] = [await createTransferWorld(), await createTransferWorld()];
});
afterEach(() => {
  here.close();
  there.close();
});

const problemOf = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    await work;
  } catch (error) {
    return error instanceof PicferryError ? error.problem.message : error;
  }
  return 'nothing thrown';
};
const saveAccount = (world: TransferWorld, name = 'forum', key = 'canary-key') =>
  world.accounts.save({ name, provider: 'chevereto', url: 'https://img.example.com', settings: { album: 'a1' }, secrets: { key } });
const bring = async (world: TransferWorld, path: string, passphrase: string | null = null, choice = ALL) => {
  const { id } = await world.transfer.look(path, passphrase);
  return world.transfer.import(id, passphrase, choice);
};
/** What must be the same on both sides; the account's id is the one of the side. */
const comparable = (world: TransferWorld, deleteLinks: boolean) =>
  world
    .records()
    .map(({ hasDeleteLink, deleteUrl, accountId, localAlbumId, ...rest }) => ({
      ...rest,
      account: world.accounts.byId(String(accountId))?.name ?? accountId,
      album: world.albums.list().find(({ source, id }) => source === 'local' && id === localAlbumId)?.name ?? null,
      ...(deleteLinks ? { hasDeleteLink, deleteUrl } : {}),
    }));

describe('an exported library', () => {
  it('of 1,000 uploads comes back whole, with its accounts, albums, tags, notes and delete links, and twice brings nothing new', async () => {
    const account = saveAccount(here);
    here.library.addMany(Array.from({ length: 1000 }, (_, n) => invented({ accountId: account.id, accountName: 'forum', tags: n % 3 === 0 ? ['旅行', 'blog'] : [], note: n % 5 === 0 ? `note ${n}\nsecond line` : '' })));
    const ids = here.library.rows({ filter: { search: '', accountId: null, provider: null, album: null, kind: null, tag: null, state: null, from: null, before: null }, sort: { by: 'time', direction: 'desc' } }, 0, 10).map(({ id }) => id);
    const album = here.albums.create('夏天', { ids });
    here.albums.setCover(album, ids[3] ?? null);
    here.albums.keepListed(account.id, [{ id: '7', name: 'at the host', description: null, isPrivate: true, coverUrl: null, createdAt: null, updatedAt: null }], 5);
    const path = here.file('all.picferry');
    expect(await here.transfer.exportTo(path, PASS)).toEqual({ uploads: 1000 });

    const sealed = await there.transfer.look(path, null);
    expect(sealed).toMatchObject({ needsPassphrase: true, report: null });
    expect(there.transfer.pathOf(sealed.id)).toBe(path);
    const looked = await there.transfer.look(path, PASS);
    expect(looked.report).toMatchObject({ source: 'picferry', file: 'all.picferry', accounts: { new: 1, known: 0 }, uploads: { new: 1000, known: 0 }, albums: { new: 2, known: 0 }, deleteLinks: 1000, settings: true, secrets: 'sealed', skipped: [] });
    expect(there.records()).toEqual([]);
    expect(await there.transfer.import(looked.id, PASS, ALL)).toMatchObject({ accounts: { new: 1 }, uploads: { new: 1000, known: 0 }, albums: { new: 2 }, deleteLinks: 1000, settings: true, skipped: [] });
    expect(comparable(there, true)).toEqual(comparable(here, true));
    const mine = there.accounts.byName('forum');
    expect(mine).toMatchObject({ provider: 'chevereto', url: 'https://img.example.com', secretsSet: ['key'], settings: { album: 'a1' } });
    expect(there.accounts.config(mine?.id ?? '').secrets).toEqual({ key: 'canary-key' });
    expect(there.albums.list()).toMatchObject([{ source: 'local', name: '夏天', count: 10, coverUploadId: ids[3] }, { source: 'host', id: '7', isPrivate: true, listedAt: 5 }]);
    expect((await there.transfer.backups()).map(({ why }) => why)).toEqual(['before_import']);

    const again = await bring(there, path, PASS);
    expect(again).toMatchObject({ accounts: { new: 0, known: 1 }, uploads: { new: 0, known: 1000 }, albums: { new: 0, known: 2 } });
    expect(there.records()).toHaveLength(1000);
  }, 60_000);

  it('tells accounts of other Picferrys apart by their folders, and their links stay marked', async () => {
    const other = { name: 'other', provider: 'picferry', url: '', createdAt: 1 } as const;
    here.deps.accounts.adopt({ ...other, id: 'p1', settings: { folder: '/second' } }, {});
    there.deps.accounts.adopt({ ...other, id: 'p2', settings: { folder: '/third' } }, {});
    here.library.addMany([invented({ id: 'u', accountId: 'p1', accountName: 'other', provider: 'picferry', url: 'http://127.0.0.1:4712/a.png' })]);
    const path = here.file('all.picferry');
    await here.transfer.exportTo(path, PASS);
    const looked = await there.transfer.look(path, PASS);
    await there.transfer.import(looked.id, PASS, ALL);
    expect(there.deps.accounts.list().map(({ name, settings }) => [name, settings['folder']])).toEqual([['other', '/third'], ['other 2', '/second'], ['this-computer', undefined]]);
    expect(there.library.byId('u')).toMatchObject({ accountId: 'p1', onlyThisComputer: true });
  });
  it('leaves out an account that is this Picferry itself, and says so', async () => {
    here.deps.accounts.adopt({ name: 'first', provider: 'picferry', url: '', createdAt: 1, id: 'p1', settings: { folder: there.file('.') } }, {});
    const path = here.file('all.picferry');
    await here.transfer.exportTo(path, PASS);
    expect(await bring(there, path, PASS)).toMatchObject({ accounts: { new: 0, known: 0 }, skipped: [{ what: 'account', name: 'first', why: 'own_folder', count: 1 }] });
    expect(there.accounts.list().map(({ name }) => name)).toEqual(['this-computer']);
  });
  it('without a passphrase holds no key and no delete link, says so, and brings accounts that miss their keys', async () => {
    const account = saveAccount(here);
    here.library.addMany([invented({ accountId: account.id }), invented({ accountId: account.id, deleteUrl: null })]);
    const path = here.file('open.picferry');
    await here.transfer.exportTo(path, null);
    const text = gunzipSync(readFileSync(path)).toString('utf8');
    expect(text).toContain('https://img.example.com/i/');
    expect(text).not.toContain('canary');
    const report = await bring(there, path);
    expect(report).toMatchObject({ secrets: 'none', deleteLinks: 0, skipped: [{ what: 'delete_link', why: 'left_out', count: 1 }] });
    expect(there.accounts.byName('forum')).toMatchObject({ id: account.id, secretsSet: [] });
    expect(there.accounts.default().name).toBe('this-computer');
    expect(comparable(there, false)).toEqual(comparable(here, false));
    // The keys come later, from a file that has them.
    const full = here.file('full.picferry');
    await here.transfer.exportTo(full, PASS);
    await bring(there, full, PASS);
    expect(there.accounts.byName('forum')).toMatchObject({ secretsSet: ['key'], isDefault: true });
    expect(comparable(there, true)).toEqual(comparable(here, true));
  });

  it('with a passphrase shows nothing of its content', async () => {
    const account = saveAccount(here);
    here.library.addMany([invented({ accountId: account.id, name: 'canary-name.png', url: 'https://canary.example.com/1.png' })]);
    const path = here.file('sealed.picferry');
    await here.transfer.exportTo(path, PASS);
    const bytes = readFileSync(path);
    for (const word of ['canary', 'img.example.com', 'forum', PASS]) expect(bytes.includes(word)).toBe(false);
    expect(JSON.parse(bytes.subarray(0, bytes.indexOf(10)).toString('utf8'))).toMatchObject({ format: 'picferry-library', version: 1, createdAt: NOW, counts: { accounts: 1, albums: 0, uploads: 1 }, seal: { kdf: 'scrypt' } });
  });

  it('is refused whole with a wrong passphrase, and as a newer format', async () => {
    saveAccount(here);
    const path = here.file('a.picferry');
    await here.transfer.exportTo(path, PASS);
    expect(await problemOf(there.transfer.look(path, 'another'))).toBe('importWrongPassphrase');
    const { id } = await there.transfer.look(path, null);
    expect(await problemOf(there.transfer.import(id, null, ALL))).toBe('importNeedsPassphrase');
    expect(await problemOf(there.transfer.import(id, 'another', ALL))).toBe('importWrongPassphrase');
    expect(await problemOf(there.transfer.import('unknown', null, ALL))).toBe('importGone');
    const open = here.file('b.picferry');
    await here.transfer.exportTo(open, null);
    writeFileSync(open, gzipSync(gunzipSync(readFileSync(open)).toString('utf8').replace('"version":1', '"version":2')));
    expect(await problemOf(there.transfer.look(open, null))).toBe('importNewer');
    const nothing = here.file('c.txt');
    writeFileSync(nothing, 'something else');
    expect(await problemOf(there.transfer.look(nothing, null))).toBe('importNotKnown');
    expect(await problemOf(there.transfer.look(here.file('missing'), null))).toBe('fileMissing');
    expect(there.settings.current().accounts).toEqual([]);
  });

  it.each([['sealed', PASS], ['open', null]] as const)('%s: any flipped bit and any cut is told, or changes nothing', async (_, passphrase) => {
    saveAccount(here);
    here.library.addMany(Array.from({ length: 40 }, () => invented()));
    const path = here.file('a.picferry');
    await here.transfer.exportTo(path, passphrase);
    const whole = readFileSync(path);
    const { report } = await there.transfer.look(path, passphrase);
    const bad = here.file('bad.picferry');
    const told = async (): Promise<unknown> => {
      try {
        return (await there.transfer.look(bad, passphrase)).report;
      } catch (error) {
        if (error instanceof PicferryError) return error.problem.message;
        throw error;
      }
    };
    const allowed = ['importDamaged', 'importWrongPassphrase', 'importNotKnown', 'importNewer'];
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.byteLength * 8 - 1), async (bit) => {
        const bytes = Buffer.from(whole);
        bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        writeFileSync(bad, bytes);
        const answer = await told();
        // Gzip's own header has bits that mean nothing, such as the system it was made on.
        if (typeof answer === 'string') expect(allowed).toContain(answer);
        else expect(answer).toEqual({ ...report, file: 'bad.picferry' });
      }),
      { numRuns: 150 },
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.byteLength - 1), async (length) => {
        writeFileSync(bad, whole);
        truncateSync(bad, length);
        expect(allowed).toContain(await told());
      }),
      { numRuns: 100 },
    );
    writeFileSync(bad, whole.subarray(0, -30));
    const { id } = await there.transfer.look(path, passphrase);
    writeFileSync(path, whole.subarray(0, -30));
    expect(await problemOf(there.transfer.import(id, passphrase, ALL))).toBe('importDamaged');
    expect([there.records(), there.settings.current().accounts]).toEqual([[], []]);
  }, 60_000);

  it('keeps any text a record can hold', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((value) => value.trim() !== '');
    const odd = fc.oneof(text, fc.constantFrom('\u2028line\u2029', 'a\nb\r\nc', '"quoted", \\ and \t', '=HYPERLINK("x")', '\u0000', '😀'.repeat(9), '中文 名字.png'));
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ name: odd, note: odd, accountName: odd }), { minLength: 1, maxLength: 5 }), fc.boolean(), async (parts, sealed) => {
        const uploads: readonly NewUpload[] = parts.map((part) => invented(part));
        here.library.addMany(uploads);
        const path = here.file(`odd-${(runs += 1)}.picferry`);
        await here.transfer.exportTo(path, sealed ? PASS : null);
        await bring(there, path, sealed ? PASS : null);
        expect(comparable(there, false)).toEqual(comparable(here, false));
      }),
      { numRuns: 15 },
    );
  }, 60_000);

  it('takes settings only when chosen, and never those of a computer', async () => {
    const { id } = saveAccount(here);
    const own = { linkFormat: 'custom', customTemplate: '<{url}>', videoFormat: 'url', customVideoTemplate: '{url}' } as const;
    here.settings.update((current) => ({ ...current, accountLinks: { [id]: own, gone: own }, localApi: { ...current.localApi, on: true }, theme: 'dark', linkFormat: 'html', hostPort: 4321, window: { x: 1, y: 2, width: 3, height: 4, display: 'd' }, proxy: { ...current.proxy, mode: 'manual', url: 'http://10.0.0.1:8080' } }));
    const path = here.file('a.picferry');
    await here.transfer.exportTo(path, null);
    expect(gunzipSync(readFileSync(path)).toString('utf8')).not.toMatch(/4321|10\.0\.0\.1|"window"/);
    await bring(there, path, null, { ...ALL, settings: false });
    expect(there.settings.current().theme).toBe('system');
    await bring(there, path);
    expect(there.settings.current()).toMatchObject({ theme: 'dark', linkFormat: 'html', hostPort: null, window: null, proxy: { mode: 'system' }, localApi: { on: false } });
    expect(there.settings.current().accountLinks).toEqual({ [there.accounts.list().find(({ provider }) => provider === 'chevereto')?.id ?? '']: own });
  });

  it('merges into the same account under its name here, and keeps another of that name apart', async () => {
    const mine = saveAccount(here);
    here.library.addMany([invented({ accountId: mine.id })]);
    const same = saveAccount(there, 'Forum', 'canary-key');
    const path = here.file('a.picferry');
    await here.transfer.exportTo(path, PASS);
    expect((await bring(there, path, PASS)).accounts).toEqual({ new: 0, known: 1 });
    expect(there.records().map(({ accountId }) => accountId)).toEqual([same.id]);

    const third = await createTransferWorld();
    try {
      third.accounts.save({ name: 'forum', provider: 'chevereto', url: 'https://other.example.com', settings: {}, secrets: { key: 'k' } });
      await bring(third, path, PASS);
      expect(third.accounts.list().map(({ name }) => name)).toContain('forum 2');
    } finally {
      third.close();
    }
  });

  it('leaves the old file and nothing else when writing it breaks off', async () => {
    const path = here.file('a.picferry');
    writeFileSync(path, 'old');
    async function* failing(): AsyncGenerator<string> {
      yield 'half';
      await Promise.resolve();
      throw new Error('broken off');
    }
    await expect(writeWhole(path, failing())).rejects.toThrow('broken off');
    expect([readFileSync(path, 'utf8'), readdirSync(here.folder).filter((name) => name.endsWith('.tmp'))]).toEqual(['old', []]);
    expect(await problemOf(here.transfer.exportTo(here.file('no/such/folder/a'), null))).toBe('fileMissing');
  });

  it('is whole at its place whenever the process that writes it is killed', async () => {
    const program = await bundleProgram('test/transfer/export-process.ts');
    const path = here.file('a.picferry');
    writeFileSync(path, 'old');
    for (const begins of [1, 2, 4]) {
      const child = spawn(process.execPath, [program, path], { stdio: ['ignore', 'pipe', 'inherit'] });
      let said = '';
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (said.split('\n').length > begins) child.kill('SIGKILL');
      });
      await once(child, 'close');
      if (readFileSync(path, 'utf8') === 'old') continue;
      expect((await there.transfer.look(path, 'invented')).report).toMatchObject({ uploads: { new: 3000 } });
    }
    expect(readFileSync(path, 'utf8')).not.toBe('old');
    await here.transfer.exportTo(path, null);
    expect(readdirSync(here.folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  }, 60_000);
});
