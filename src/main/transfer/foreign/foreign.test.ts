import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { DBStore } from '@picgo/store';
import type * as PicGoModule from 'picgo';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PicferryError } from '../../../lib/picferry-error';
import { createTransferWorld, NOW, type TransferWorld } from '../../../../test/transfer/transfer-world';

// Its ES module build does not load in plain Node 20; the CommonJS one does.
const { PicGo } = createRequire(import.meta.url)('picgo') as typeof PicGoModule;

const ALL = { accounts: true, uploads: true, settings: true };
let world: TransferWorld;
beforeEach(async () => {
  world = await createTransferWorld(undefined, () => Date.now());
});
afterEach(() => world.close());

/** A folder with data written by npm `picgo` and `@picgo/store` themselves. */
const written = async (name: 'picgo' | 'piclist', configName: 'data.json' | 'config.json', records: readonly object[]): Promise<string> => {
  const folder = join(world.folder, name);
  mkdirSync(folder, { recursive: true });
  const picgo = new PicGo(join(folder, configName));
  picgo.saveConfig({ silent: true });
  picgo.helper.uploader.register('chevereto-uploader', { handle: (ctx) => ctx });
  picgo.uploaderConfig.createOrUpdate('smms', 'my pictures', { token: 'canary-smms', backupDomain: 'smms.example.com' });
  picgo.uploaderConfig.createOrUpdate('chevereto-uploader', 'forum', { url: 'https://img.example.com/photos/api/1/upload/?key=x', key: 'canary-chevereto', param: 'source' });
  // Where a plug-in of earlier versions keeps its settings.
  picgo.saveConfig({
    'picBed.web-uploader-imgurl': { url: 'https://imgurl.example.com/api/v2/upload', uid: '42', token: 'canary-imgurl' },
    'picBed.easyimage': { server: 'https://easy.example.com/api/index.php', token: 'canary-easy' },
    'picBed.github': { repo: 'a/b', token: 'canary-github' },
  });
  const store = new DBStore(join(folder, `${name}.db`), 'gallery');
  await store.read();
  await store.insertMany([...records]);
  return folder;
};

const smms = (n: number): object => ({ imgUrl: `https://s.example.com/${n}.png`, fileName: `图片 ${n}.png`, type: 'smms', extname: '.png', width: 40 + n, height: 30, hash: `hash${n}` });
const chevereto = (n: number): object => ({
  imgUrl: `https://img.example.com/photos/images/${n}.jpg`,
  fileName: `forum-${n}.jpg`,
  type: 'chevereto-uploader',
  extname: '.jpg',
  width: 5,
  height: 6,
  fullResult: { status_code: 200, image: { delete_url: `https://img.example.com/photos/delete/${n}` } },
});

describe('the data of PicGo', () => {
  it('of 1,000 pictures becomes uploads and accounts of the hosts that are known, told beforehand, and nothing new the second time', async () => {
    const records = Array.from({ length: 1000 }, (_, n) => (n % 2 === 0 ? smms(n) : chevereto(n)));
    const folder = await written('picgo', 'data.json', [...records, { imgUrl: 'https://raw.example.com/g.png', fileName: 'g.png', type: 'github' }, { imgUrl: 'C:\\lost.png', fileName: 'lost.png', type: 'smms' }]);
    const { id, report } = await world.transfer.look(folder, null);
    expect(report).toMatchObject({ source: 'picgo', accounts: { new: 4, known: 0 }, uploads: { new: 1000, known: 0 }, deleteLinks: 500, settings: false, secrets: 'open' });
    expect(report?.skipped).toEqual(
      expect.arrayContaining([
        { what: 'account', name: 'github', why: 'host_not_supported', count: 1 },
        { what: 'setting', name: 'my pictures', why: 'other', count: 1 },
        { what: 'upload', name: 'github', why: 'host_not_supported', count: 1 },
        { what: 'upload', name: 'smms', why: 'no_address', count: 1 },
        { what: 'delete_link', name: 'smms', why: 'not_a_link', count: 500 },
      ]),
    );
    expect(JSON.stringify(report)).not.toContain('canary');
    await world.transfer.import(id, null, ALL);
    const accounts = Object.fromEntries(world.accounts.list().map((account) => [account.name, account]));
    expect(accounts['my pictures']).toMatchObject({ provider: 'smms', url: 'https://smms.example.com' });
    expect(accounts['forum']).toMatchObject({ provider: 'chevereto', url: 'https://img.example.com/photos', secretsSet: ['key'] });
    expect(accounts['web-uploader-imgurl']).toMatchObject({ provider: 'imgurl', url: 'https://imgurl.example.com', settings: { uid: '42' }, secretsSet: ['token'] });
    expect(accounts['easyimage']).toMatchObject({ provider: 'wizs', url: 'https://easy.example.com', settings: { flavour: 'easyimages' }, secretsSet: ['key'] });
    expect(world.accounts.config(accounts['forum']?.id ?? '').secrets).toEqual({ key: 'canary-chevereto' });
    const uploads = world.records();
    expect(uploads).toHaveLength(1000);
    expect(uploads.find(({ name }) => name === 'forum-7.jpg')).toMatchObject({ accountId: accounts['forum']?.id, width: 5, height: 6, kind: 'image', mime: 'image/jpeg', deleteUrl: 'https://img.example.com/photos/delete/7' });
    const first = uploads.find(({ name }) => name === '图片 4.png');
    expect(first).toMatchObject({ remoteId: 'hash4', width: 44, deleteUrl: null, accountName: 'my pictures' });
    expect(Number(first?.['uploadedAt'])).toBeGreaterThan(NOW);
    for (const path of [folder, join(folder, 'data.json'), join(folder, 'picgo.db')]) {
      const again = await world.transfer.look(path, null);
      expect(again.report).toMatchObject({ accounts: { new: 0, known: 4 }, uploads: { new: 0, known: 1000 } });
      expect(await world.transfer.import(again.id, null, ALL)).toMatchObject({ accounts: { new: 0 }, uploads: { new: 0 } });
    }
    expect(world.records()).toHaveLength(1000);
  }, 60_000);

  it('that another program sealed or damaged is told, and the rest is taken', async () => {
    const folder = await written('piclist', 'config.json', [smms(1)]);
    const config = join(folder, 'config.json');
    writeFileSync(config, readFileSync(config, 'utf8').replaceAll('canary-chevereto', `enc:${'A'.repeat(40)}`));
    const { id, report } = await world.transfer.look(folder, null);
    expect(report).toMatchObject({ source: 'piclist', skipped: expect.arrayContaining([{ what: 'setting', name: 'forum', why: 'sealed_elsewhere', count: 1 }]) as unknown });
    await world.transfer.import(id, null, ALL);
    expect(world.accounts.byName('forum')).toMatchObject({ secretsSet: [] });
    const gallery = join(folder, 'piclist.db');
    writeFileSync(gallery, readFileSync(gallery).subarray(0, 40));
    expect((await world.transfer.look(folder, null)).report?.skipped).toContainEqual({ what: 'upload', name: 'piclist.db', why: 'damaged', count: 1 });
    await expect(world.transfer.look(gallery, null)).rejects.toMatchObject({ problem: { message: 'importDamaged' } });
    writeFileSync(config, '{"some":"thing"}');
    await expect(world.transfer.look(config, null)).rejects.toBeInstanceOf(PicferryError);
  });

  it('of a gallery alone gives its SM.MS uploads an account', async () => {
    const store = new DBStore(join(world.folder, 'picgo.db'), 'gallery');
    await store.read();
    await store.insert(smms(3));
    const { id } = await world.transfer.look(join(world.folder, 'picgo.db'), null);
    expect(await world.transfer.import(id, null, ALL)).toMatchObject({ accounts: { new: 1 }, uploads: { new: 1 } });
  });
});
