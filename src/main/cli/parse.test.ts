import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../shared/i18n/translator';
import { parse } from './parse';

const english = createTranslator('en');
const read = (...args: string[]) => parse(args, english, '1.2.3');
const draft = (...args: string[]) => {
  const parsed = read(...args);
  if (parsed.type !== 'draft') throw new Error(JSON.stringify(parsed));
  return parsed.draft;
};

describe('parse', () => {
  it('reads every verb and its options', () => {
    expect(draft('upload', 'a b.png', '-', '--account', '中文', '--album', '5', '--format', '{url}', '--profile', 'Blog', '--json', '--force', '--show-delete-links')).toEqual({
      verb: 'upload',
      files: ['a b.png', '-'],
      account: '中文',
      album: '5',
      format: '{url}',
      profile: 'Blog',
      json: true,
      force: true,
      showDeleteLinks: true,
    });
    expect(draft('prepare', 'a.jpg', 'b.jpg', '--out', 'd')).toEqual({ verb: 'prepare', files: ['a.jpg', 'b.jpg'], profile: null, out: 'd', json: false });
    expect(draft('accounts', 'add', 'home', '--provider', 'wizs', '--url', 'https://x.example', '--set', 'auth=header', '--set', 'a=b=c', '--secret', 'key=@k.txt')).toEqual({
      verb: 'accounts-add',
      name: 'home',
      provider: 'wizs',
      url: 'https://x.example',
      folder: null,
      settings: { auth: 'header', a: 'b=c' },
      secrets: [{ type: 'file', key: 'key', path: 'k.txt' }],
      json: false,
    });
    expect(draft('accounts', 'add', 'other', '--provider', 'picferry', '--folder', '../second')).toMatchObject({ provider: 'picferry', url: null, folder: '../second', settings: {} });
    expect(draft('accounts', 'set', 'home', '--secret', 'key=-', '--secret', 'token=v')).toMatchObject({
      verb: 'accounts-set',
      provider: null,
      url: null,
      secrets: [
        { type: 'stdin', key: 'key' },
        { type: 'value', key: 'token', value: 'v' },
      ],
    });
    expect(draft('accounts', 'list', '--json')).toEqual({ verb: 'accounts-list', json: true });
    for (const verb of ['test', 'default', 'remove']) expect(draft('accounts', verb, 'x')).toEqual({ verb: `accounts-${verb}`, name: 'x', json: false });
    expect(draft('library', '--search', '图', '--limit', '7')).toEqual({ verb: 'library', search: '图', account: null, limit: 7, showDeleteLinks: false, json: false });
    expect(draft('delete', 'a', 'b', '--json')).toEqual({ verb: 'delete', ids: ['a', 'b'], json: true });
    expect(draft('albums')).toEqual({ verb: 'albums', account: null, json: false });
    expect(draft('remote', 'list', '--page', '2', '--per-page', '50', '--order-by', 'views', '--order-dir', 'asc')).toEqual({
      verb: 'remote-list',
      account: null,
      page: 2,
      perPage: 50,
      orderBy: 'views',
      orderDir: 'ASC',
      json: false,
    });
    expect(draft('remote', 'clear', '--account', 'x')).toEqual({ verb: 'remote-clear', account: 'x', json: false });
    expect(draft('host', '--port', '8080')).toEqual({ verb: 'host', port: 8080, announce: true, json: false });
    expect(draft('serve')).toEqual({ verb: 'serve', port: null, noTokenFor: [], announce: true, json: false });
    expect(draft('serve', '--port', '8080', '--no-token-for', 'notes', '--no-token-for', '/b c', '--json')).toEqual({ verb: 'serve', port: 8080, noTokenFor: ['notes', '/b c'], announce: true, json: true });
    expect(draft('tokens', 'add', ' Obsidian ')).toEqual({ verb: 'tokens-add', name: 'Obsidian', scopes: ['upload', 'clipboard', 'delete'], json: false });
    expect(draft('tokens', 'add', 'x', '--scope', 'upload', '--scope', 'delete')).toMatchObject({ scopes: ['upload', 'delete'] });
    expect(draft('tokens', 'list', '--json')).toEqual({ verb: 'tokens-list', json: true });
    expect(draft('tokens', 'remove', 'x')).toEqual({ verb: 'tokens-remove', name: 'x', json: false });
  });

  it('reads the verbs of sync', () => {
    const common = { account: null, deviceName: null, json: false };
    expect(draft('sync', 'add', 'k', 'f.json', '--account', 'w', '--device-name', ' Desk ')).toEqual({ verb: 'sync-add', key: 'k', path: 'f.json', ask: false, account: 'w', deviceName: 'Desk', json: false });
    expect(draft('sync', 'begin', 'k', '--with', 'cloud')).toEqual({ verb: 'sync-begin', key: 'k', how: 'use-cloud', ...common });
    expect(draft('sync', 'diff', 'k', '1')).toEqual({ verb: 'sync-diff', key: 'k', before: 1, after: null, ...common });
    expect(draft('sync', 'find')).toEqual({ verb: 'sync-find', ...common });
    expect(draft('sync', 'own', 'settings', 'off')).toEqual({ verb: 'sync-own', kind: 'settings', on: false, others: 'keep', ...common });
    expect(draft('sync', 'own', 'library', 'off', '--others', 'remove')).toEqual({ verb: 'sync-own', kind: 'library', on: false, others: 'remove', ...common });
    expect(draft('sync', 'remove', 'k')).toEqual({ verb: 'sync-remove', key: 'k', ...common });
    expect(draft('sync', 'run')).toEqual({ verb: 'sync-run', key: null, message: null, ...common });
    expect(draft('sync', 'run', 'k', '--message', 'a note', '--json')).toEqual({ verb: 'sync-run', key: 'k', message: 'a note', ...common, json: true });
    expect(draft('sync', 'status')).toEqual({ verb: 'sync-status', key: null, ...common });
    expect(draft('sync', 'history', 'k', '--page', '2')).toEqual({ verb: 'sync-history', key: 'k', page: 2, ...common });
    expect(draft('sync', 'show', 'k', '3')).toEqual({ verb: 'sync-show', key: 'k', version: 3, ...common });
    expect(draft('sync', 'restore', 'k', '3', '--path', '/a')).toEqual({ verb: 'sync-restore', key: 'k', version: 3, paths: ['/a'], ...common });
    expect(draft('sync', 'devices', 'k')).toEqual({ verb: 'sync-devices', key: 'k', ...common });
    expect(draft('sync', 'conflicts', '--resolved')).toEqual({ verb: 'sync-conflicts', key: null, resolved: true, decided: false, ...common });
    expect(draft('sync', 'resolve', 'id', '--keep', 'theirs')).toEqual({ verb: 'sync-resolve', ids: ['id'], all: null, keep: 'theirs', contentFile: null, ...common });
    expect(draft('sync', 'resolve', 'id', 'other', '--keep', 'both-theirs-first')).toMatchObject({ ids: ['id', 'other'], keep: 'both-theirs-first' });
    expect(draft('sync', 'resolve', '--all', 'k', '--keep', 'base')).toMatchObject({ ids: [], all: 'k', keep: 'base' });
    expect(draft('sync', 'resolve', 'id', '--content', '-')).toEqual({ verb: 'sync-resolve', ids: ['id'], all: null, keep: null, contentFile: '-', ...common });
  });

  it('takes file names that look like options after --', () => {
    expect(draft('upload', '--json', '--', '-x.png', '--json')).toMatchObject({ files: ['-x.png', '--json'], json: true });
  });

  it.each([
    [[]],
    [['frob']],
    [['sync']],
    [['sync', 'frob']],
    [['sync', 'add', 'key']],
    [['sync', 'show', 'key', '0']],
    [['sync', 'restore', 'key', '1', '--path', 'a']],
    [['sync', 'own', 'pictures', 'on']],
    [['sync', 'own', 'settings', 'maybe']],
    [['sync', 'begin', 'key', '--with', 'both']],
    [['sync', 'resolve', 'id']],
    [['sync', 'resolve', 'id', '--keep', 'mine', '--content', 'f']],
    [['sync', 'resolve', '--keep', 'mine']],
    [['sync', 'resolve', 'id', '--all', 'k', '--keep', 'mine']],
    [['sync', 'resolve', 'id', 'other', '--content', '-']],
    [['sync', 'resolve', 'id', '--keep', 'neither']],
    [['sync', 'run', '--device-name', ' ']],
    [['serve', '--port', '0']],
    [['tokens', 'add', ' ']],
    [['tokens', 'add', 'x', '--scope', 'all']],
    [['accounts']],
    [['accounts', 'frob']],
    [['accounts', 'add', 'x']],
    [['accounts', 'add', 'x', '--provider', 'imgur']],
    [['accounts', 'add', ' ', '--provider', 'wizs']],
    [['accounts', 'list', 'more']],
    [['accounts', 'set', 'x', '--set', 'novalue']],
    [['accounts', 'set', 'x', '--secret', 'a=-', '--secret', 'b=-']],
    [['upload']],
    [['upload', 'a', '--frob']],
    [['upload', 'a', '--account']],
    [['upload', 'a', '--format', 'markdwon']],
    [['upload', '-', '-']],
    [['prepare', 'a.jpg', '--out', '']],
    [['prepare', 'a.jpg', '--out', ' ']],
    [['library', '--limit', '0']],
    [['library', '--limit', 'x']],
    [['delete']],
    [['remote']],
    [['remote', 'list', '--order-by', 'name']],
    [['remote', 'list', '--page', '-1']],
    [['host', '--port', '65536']],
  ])('says in a sentence what is wrong with %j', (args) => {
    const parsed = read(...args);
    expect(parsed.type).toBe('wrong');
    if (parsed.type === 'wrong') expect(parsed.sentence).toMatch(/^[A-Z0-9"].*\nSee "picferry .*--help"\.$/su);
  });

  it('names the option, its value and what would do', () => {
    expect(read('library', '--limit', '0')).toMatchObject({ sentence: expect.stringContaining('--limit 0 (1–') as string });
    expect(read('accounts', 'add', 'x', '--provider', "it's")).toMatchObject({ sentence: expect.stringContaining("--provider it's (imgurl, chevereto, smms, wizs, picferry)") as string });
  });

  it('never repeats what may be a secret typed in the wrong form', () => {
    expect(JSON.stringify(read('accounts', 'set', 'x', '--secret', 'hunter2-hunter2'))).not.toContain('hunter2');
  });

  it('answers help and version for standard output, help in both languages', () => {
    expect(read('--version')).toEqual({ type: 'text', text: '1.2.3\n' });
    expect(read('--help')).toMatchObject({ type: 'text', text: expect.stringContaining('upload') as string });
    expect(read('upload', '--help')).toMatchObject({ type: 'text', text: expect.stringContaining('--show-delete-links') as string });
    expect(parse(['--help'], createTranslator('zh-CN'), '1')).toMatchObject({ type: 'text', text: expect.stringContaining('用法：') as string });
  });

  it('takes any file name as it is and never throws', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }).filter((word) => word !== '-'), { minLength: 1, maxLength: 5 }), (files) => {
        expect(draft('upload', '--', ...files)).toMatchObject({ files });
      }),
    );
    const word = fc.oneof(fc.constantFrom('accounts', 'add', 'upload', 'remote', 'list', '--json', '--set', '--format', '-', '--', '--port'), fc.string());
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (args) => {
        expect(['draft', 'text', 'wrong']).toContain(read(...args).type);
      }),
    );
  });
});
