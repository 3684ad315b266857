import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chunk, longBmp, mp4, png } from '../host/pictures';
import { startTestHost, type TestHost } from '../host/test-host';
import { unusualDrawings } from '../pictures/sample-drawings';
import { type CliWorld, openCliWorld } from './cli-world';

type Sent = { file: string; ok: boolean; id: string; url: string; link: string; duplicate: boolean; deleteUrl?: string; error: unknown };

let world: CliWorld;
let host: TestHost;
beforeAll(async () => {
  [world, host] = [openCliWorld(), await startTestHost()];
  const { urls, keys } = host;
  writeFileSync(join(world.cwd, 'key.txt'), `${keys.wizs}\n`);
  const add = async (...args: string[]): Promise<void> => {
    const { code, err } = await world.run('accounts', 'add', ...args);
    if (code !== 0) throw new Error(err);
  };
  await add('wiz', '--provider', 'wizs', '--url', `${urls.wizs}/api/v1/upload.php`, '--secret', 'key=@key.txt');
  await add('img', '--provider', 'imgurl', '--url', urls.imgurl, '--set', `uid=${keys.imgurl.uid}`, '--secret', `token=${keys.imgurl.token}`);
  await add('sm', '--provider', 'smms', '--url', urls.smms);
  const chevereto = await world.feed(`${keys.chevereto}\n`, 'accounts', 'add', 'che', '--provider', 'chevereto', '--url', urls.chevereto, '--secret', 'key=-');
  if (chevereto.code !== 0) throw new Error(chevereto.err);
}, 60_000);
afterAll(async () => {
  await world.close();
  await host.stop();
});

const picture = (name: string): string => {
  writeFileSync(join(world.cwd, name), png());
  return name;
};
const upload = async (code: number, ...args: string[]): Promise<Sent[]> => (await world.json(code, 'upload', ...args)) as Sent[];

describe('accounts', { timeout: 60_000 }, () => {
  it('cuts a pasted endpoint back, makes the first one the default and never shows a secret', async () => {
    const { out } = await world.run('accounts', 'list', '--json');
    const list = JSON.parse(out) as { name: string; url: string; default: boolean; secretsSet: string[] }[];
    expect(list.map(({ name }) => name).sort()).toEqual(['che', 'img', 'sm', 'this-computer', 'wiz']);
    expect(list.find(({ name }) => name === 'wiz')).toMatchObject({ url: host.urls.wizs, default: true, secretsSet: ['key'] });
    for (const secret of [host.keys.wizs, host.keys.imgurl.token, host.keys.chevereto]) expect(out).not.toContain(secret);
    expect(readFileSync(join(world.home, 'store', 'settings.json'), 'utf8')).not.toContain(host.keys.wizs);
  });

  it('tests each account without uploading, and exits 1 where uploading cannot work', async () => {
    for (const name of ['wiz', 'img', 'sm', 'che']) expect(await world.json(0, 'accounts', 'test', name)).toMatchObject({ canUpload: true });
    await world.run('accounts', 'add', 'bad', '--provider', 'wizs', '--url', host.urls.wizs, '--secret', 'key=wrong');
    expect(await world.json(1, 'accounts', 'test', 'bad')).toMatchObject({ canUpload: false });
    const set = await world.run('accounts', 'set', 'bad', '--secret', `key=${host.keys.wizs}`, '--set', 'concurrency=2');
    expect(set.code).toBe(0);
    expect(await world.json(0, 'accounts', 'test', 'bad')).toMatchObject({ canUpload: true });
    expect((await world.run('accounts', 'remove', 'bad')).code).toBe(0);
    expect((await world.run('accounts', 'test', 'bad')).code).toBe(2);
  });

  it('keeps a default made by hand', async () => {
    expect(await world.json(0, 'accounts', 'default', 'sm')).toMatchObject({ name: 'sm', default: true });
    await world.run('accounts', 'default', 'wiz');
    expect((await world.json(0, 'accounts', 'list')) as object[]).toContainEqual(expect.objectContaining({ name: 'wiz', default: true }));
  });
});

describe('upload, library and delete', { timeout: 60_000 }, () => {
  it.each(['wiz', 'img', 'sm', 'che'])('sends to %s, finds it in the library and deletes it there', async (account) => {
    const [sent] = await upload(0, picture(`${account}.png`), '--account', account, '--show-delete-links');
    expect(sent).toEqual({
      file: `${account}.png`,
      ok: true,
      id: expect.any(String) as string,
      url: expect.stringMatching(/^http/) as string,
      link: `![${account}](${sent?.url})`,
      width: 4,
      height: 3,
      bytes: expect.any(Number) as number,
      account,
      duplicate: false,
      removed: [],
      kept: null,
      leftAlone: null,
      error: null,
      deleteUrl: expect.stringMatching(/^http/) as string,
    });
    const answer = await fetch(sent?.url ?? '');
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(readFileSync(join(world.cwd, `${account}.png`)));
    const [record] = (await world.json(0, 'library', '--search', `${account}.png`)) as Record<string, unknown>[];
    expect(record).toMatchObject({ id: sent?.id, url: sent?.url, account, name: `${account}.png` });
    expect(record).not.toHaveProperty('deleteUrl');
    expect(await world.json(0, 'delete', sent?.id ?? '')).toEqual([{ id: sent?.id, status: 'deleted' }]);
    expect((await fetch(sent?.url ?? '')).status).toBe(404);
  });

  it('prints one line per input in the order given, an empty one for a failure, and says why on stderr', async () => {
    const { code, out, err } = await world.run('upload', picture('1.png'), 'nope.png', picture('3 三 "🎉".png'), '--format', 'url');
    expect(code).toBe(1);
    const lines = out.split('\n');
    expect(lines).toHaveLength(4);
    expect([lines[0], lines[1], lines[2], lines[3]]).toEqual([expect.stringMatching(/^http/), '', expect.stringMatching(/^http/), '']);
    expect(err.trim().split('\n')).toEqual([expect.stringMatching(/^nope\.png: /)]);
  });

  it('takes addresses of the web among files, as PicGo does, and opens none that leads into a private network', async () => {
    const { code, out, err } = await world.run('upload', `${host.urls.root}/secret.png`, picture('beside.png'), '--format', 'url');
    expect([code, out]).toEqual([1, expect.stringMatching(/^\nhttp\S+\n$/)]);
    expect(err).toBe(`${host.urls.root}/secret.png: This address leads into a private network and was not opened.\n`);
  });

  it('knows every format and templates', async () => {
    const file = picture('f.png');
    const link = async (format: string): Promise<string> => (await world.run('upload', file, '--format', format)).out.trim();
    const url = await link('url');
    expect(await link('markdown')).toBe(`![f](${url})`);
    expect(await link('html')).toBe(`<img src="${url}" alt="f">`);
    expect(await link('bbcode')).toBe(`[img]${url}[/img]`);
    expect(await link('{filename} -> {url}')).toBe(`f.png -> ${url}`);
  });

  it('answers bytes that are there with their link, and sends them again only with --force', async () => {
    const file = picture('twice.png');
    const [first] = await upload(0, file);
    const [second] = await upload(0, file);
    expect(second).toMatchObject({ ok: true, duplicate: true, url: first?.url, id: first?.id });
    const [forced] = await upload(0, file, '--force');
    expect(forced?.duplicate).toBe(false);
    expect(forced?.url).not.toBe(first?.url);
  });

  it('uploads standard input with the type its bytes have', async () => {
    const { code, out } = await world.feed(png(), 'upload', '-', '--json');
    expect(code).toBe(0);
    const [sent] = JSON.parse(out) as Sent[];
    expect(sent).toMatchObject({ file: '-', ok: true });
    expect(sent?.url).toMatch(/\.png$/);
  });

  it('says of unknown ids that they failed, and deletes the others', async () => {
    const [sent] = await upload(0, picture('d.png'));
    const answer = (await world.json(1, 'delete', 'nobody', sent?.id ?? '')) as { id: string; status: string }[];
    expect(answer.map(({ id, status }) => [id, status])).toEqual([
      ['nobody', 'failed'],
      [sent?.id, 'deleted'],
    ]);
  });

  it('limits and filters the library, newest first, delete links only on demand', async () => {
    const all = (await world.json(0, 'library')) as { uploadedAt: number; account: string }[];
    expect(all.map(({ uploadedAt }) => uploadedAt)).toEqual(all.map(({ uploadedAt }) => uploadedAt).sort((a, b) => b - a));
    expect(await world.json(0, 'library', '--limit', '2')).toEqual(all.slice(0, 2));
    expect(await world.json(0, 'library', '--account', 'sm')).toEqual(all.filter(({ account }) => account === 'sm'));
    const shown = (await world.json(0, 'library', '--limit', '1', '--show-delete-links')) as { deleteUrl: string | null }[];
    expect(shown[0]).toHaveProperty('deleteUrl');
  });
});

describe('prepare', { timeout: 60_000 }, () => {
  const clean = png();
  const commented = Buffer.concat([clean.subarray(0, -12), chunk('tEXt', Buffer.from('Comment\0taken at home')), clean.subarray(-12)]);
  const at = (name: string): string => join(world.cwd, name);

  it('writes new files without metadata, overwrites none and leaves the originals as they are', async () => {
    writeFileSync(at('home.png'), commented);
    writeFileSync(at('clean.png'), clean);
    const { code, out, err } = await world.run('prepare', 'home.png', 'nowhere.png', 'clean.png');
    expect([code, out.split('\n').map((line) => basename(line)), err.includes('nowhere.png')]).toEqual([1, ['home-prepared.png', '', 'clean-prepared.png', ''], true]);
    for (const name of ['home-prepared.png', 'clean-prepared.png', 'clean.png']) expect(readFileSync(at(name)).equals(clean)).toBe(true);
    expect(readFileSync(at('home.png')).equals(commented)).toBe(true);
    expect(await world.json(0, 'prepare', 'home.png', 'clean.png', '--out', 'made')).toMatchObject([{ file: 'home.png', ok: true, path: at('made/home.png'), bytes: clean.length, changed: true, error: null }, { changed: false }]);
    expect(await world.json(0, 'prepare', 'home.png', '--out', 'made', '--profile', 'none')).toMatchObject([{ path: at('made/home-2.png'), bytes: commented.length, changed: false }]);
    expect(readdirSync(join(world.home, 'store', 'prepared'))).toEqual([]);
  });

  it('makes the folder for its files with the first of them, and says of one that cannot be made before any work', async () => {
    writeFileSync(at('home.png'), commented);
    expect((await world.run('prepare', 'nowhere.png', '--out', 'later/made')).code).toBe(1);
    expect(existsSync(at('later'))).toBe(false);
    expect((await world.run('prepare', 'nowhere.png', 'home.png', '--out', 'later/made')).code).toBe(1);
    expect(readdirSync(at('later/made'))).toEqual(['home.png']);
    for (const out of ['home.png', 'home.png/made', 'home.png/a/b']) expect(await world.json(1, 'prepare', 'home.png', '--out', out)).toMatchObject([{ ok: false, path: null, error: { kind: 'file' } }]);
  });

  it('speaks of a profile whose names have a mistake to who uses it, and to nobody else', async () => {
    const path = join(world.home, 'store', 'settings.json');
    const before = readFileSync(path, 'utf8');
    const settings = JSON.parse(before) as { preparation: object };
    writeFileSync(path, JSON.stringify({ ...settings, preparation: { ...settings.preparation, profiles: [{ id: 'p9', name: 'Odd', naming: { template: '{nmae}', slug: 'off', lowerCase: false, collision: 'ignore' } }] } }));
    writeFileSync(at('home.png'), commented);
    for (const words of [['accounts', 'list'], ['prepare', 'home.png', '--out', 'names']]) expect(await world.run(...words)).toMatchObject({ code: 0, err: '' });
    const used = await world.run('prepare', 'home.png', '--out', 'names', '--profile', 'Odd');
    expect([used.code, used.err.trim().split('\n')]).toEqual([1, [expect.stringMatching(/^home\.png: .*\{nmae\}/)]]);
    writeFileSync(path, before);
  });

  it('leaves alone what it made of a folder before, says so, and makes it ready again when it is named', async () => {
    mkdirSync(at('many'));
    for (const name of ['one.png', 'two.png']) writeFileSync(at(`many/${name}`), commented);
    const made = ['many/one-prepared.png', 'many/two-prepared.png'];
    for (const [more, results] of [[[], made], [['--out', 'many/made'], ['many/made/one.png', 'many/made/two.png']]] as const) {
      expect(await world.json(0, 'prepare', 'many', ...more)).toMatchObject(results.map((path) => ({ path: at(path) })));
    }
    const again = await world.run('prepare', 'many', '--out', 'many/made');
    expect([again.code, again.out.trim().split('\n'), again.err]).toEqual([0, [at('many/made/one.png'), at('many/made/two.png')], 'many: pictures that an earlier run made just like this are left as they are (2).\nmany: pictures that were made ready before are left alone (4). Name one itself to make it ready again.\n']);
    expect(await world.json(0, 'prepare', 'many/one-prepared.png')).toMatchObject([{ path: at('many/one-prepared-prepared.png') }]);
  });

  it('doubles no file in another folder when it is run again, and writes over none that has become another', async () => {
    mkdirSync(at('twice'));
    for (const name of ['one.png', 'two.png']) writeFileSync(at(`twice/${name}`), commented);
    await world.json(0, 'prepare', 'twice', '--out', 'elsewhere');
    writeFileSync(at('elsewhere/two.png'), 'something else');
    const again = await world.run('prepare', 'twice', '--out', 'elsewhere');
    expect([again.code, again.out.trim().split('\n'), again.err]).toEqual([0, [at('elsewhere/one.png'), at('elsewhere/two-2.png')], 'twice: pictures that an earlier run made just like this are left as they are (1).\n']);
    expect(readdirSync(at('elsewhere')).sort()).toEqual(['one.png', 'two-2.png', 'two.png']);
    expect(readFileSync(at('elsewhere/two.png'), 'utf8')).toBe('something else');
    // Who names a picture wants it made ready once more.
    expect(await world.json(0, 'prepare', 'twice/one.png', '--out', 'elsewhere')).toMatchObject([{ path: at('elsewhere/one-2.png') }]);
  });

  it('makes a picture ready that a person called like a result, and does not take its results for pictures where they lie beside them', async () => {
    mkdirSync(at('own'));
    writeFileSync(at('own/meal-prepared.png'), commented);
    expect(await world.json(0, 'prepare', 'own', '--out', 'own')).toMatchObject([{ path: at('own/meal-prepared-prepared.png') }]);
    const again = await world.run('prepare', 'own', '--out', 'own');
    expect([again.code, again.out.trim(), again.err]).toEqual([0, at('own/meal-prepared-prepared.png'), 'own: pictures that an earlier run made just like this are left as they are (1).\nown: pictures that were made ready before are left alone (1). Name one itself to make it ready again.\n']);
  });

  it('shortens a name that becomes too long for the disk', async () => {
    for (const stem of ['x'.repeat(251), '照'.repeat(83)]) {
      writeFileSync(at(`${stem}.png`), commented);
      for (const number of ['', '-2']) {
        const { code, out } = await world.run('prepare', `${stem}.png`);
        expect([code, basename(out.trim())]).toEqual([0, expect.stringMatching(new RegExp(`^[x照]{60,}-prepared${number}\\.png$`))]);
      }
    }
  });

  it('encodes anew by a profile of one\'s own, in a process of its own', async () => {
    const path = join(world.home, 'store', 'settings.json');
    const settings = JSON.parse(readFileSync(path, 'utf8')) as { preparation: object };
    const blog = { id: 'p1', name: 'Blog', metadata: 'strip', orientation: 'keep', colour: 'keep', resize: null, format: 'webp', quality: null, maxBytes: null, flatten: null };
    writeFileSync(path, JSON.stringify({ ...settings, preparation: { profiles: [blog], defaultProfile: 'private', accounts: {} } }));
    writeFileSync(at('home.png'), commented);
    writeFileSync(at('damaged.png'), clean.subarray(0, -20));
    expect(await world.json(1, 'prepare', 'home.png', 'damaged.png', '--profile', 'blog', '--out', 'blog')).toMatchObject([
      { path: at('blog/home.webp'), changed: true },
      { ok: false, path: null, error: { kind: 'file', retryable: true } },
    ]);
    expect(readFileSync(at('blog/home.webp')).toString('latin1', 8, 12)).toBe('WEBP');
    expect((await upload(0, 'home.png', '--profile', 'blog'))[0]?.url).toMatch(/\.webp$/);
  });

  /** One file for each thing that there is to say, and two of which there is nothing. */
  const telling = (): readonly string[] => {
    writeFileSync(at('plain.png'), commented);
    writeFileSync(at('scan.bmp'), longBmp());
    writeFileSync(at('film.mp4'), mp4());
    writeFileSync(at('page.svg'), '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"><script>alert(1)</script><foreignObject/><rect width="4" height="3"/></svg>');
    writeFileSync(at('clean.svg'), '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"><rect width="4" height="3"/></svg>');
    return ['plain.png', 'scan.bmp', 'film.mp4', 'page.svg', 'clean.svg'];
  };
  const TOLD = [
    'scan.bmp: Location and camera data may still be in it: they cannot be removed from files of this kind.',
    'film.mp4: Location and camera data may still be in it: videos are left as they are.',
    'page.svg: Removed from the drawing, which may look different now: scripts, content that is no drawing.',
  ];
  const REPORTED = [
    { removed: ['comment'], kept: null, leftAlone: null },
    { removed: [], kept: 'format', leftAlone: null },
    { removed: [], kept: 'video', leftAlone: null },
    { removed: ['script', 'content'], kept: null, leftAlone: null },
    { removed: [], kept: null, leftAlone: null },
  ];

  it('says in one line a file what stayed in it and what it lost that was seen, and nothing where all went as asked', async () => {
    const files = telling();
    const { code, err } = await world.run('prepare', ...files, '--out', 'told');
    expect([code, err.trim().split('\n')]).toEqual([0, TOLD]);
    expect(await world.json(0, 'prepare', ...files, '--out', 'told')).toMatchObject(REPORTED);
    expect(await world.json(1, 'prepare', 'nowhere.png', '--out', 'told')).toMatchObject([{ ok: false, removed: [], kept: null, leftAlone: null }]);
  });

  it('says the same of what it uploads, each time', async () => {
    const files = telling();
    const { code, err } = await world.run('upload', ...files);
    expect([code, err.trim().split('\n')]).toEqual([0, TOLD]);
    expect(await upload(0, ...files)).toMatchObject(REPORTED.map((report) => ({ ...report, duplicate: true })));
  });

  /** Pictures that tell of a home and would not stop doing so, and one between them that would. */
  const holding = (): readonly string[] => {
    writeFileSync(at('short.png'), commented.subarray(0, -20));
    writeFileSync(at('plain.png'), commented);
    writeFileSync(at('odd.png'), Buffer.concat([commented.subarray(0, 33), chunk('OWNS', Buffer.from('home')), commented.subarray(33)]));
    writeFileSync(at('wrong.webp'), wrongSize);
    return ['short.png', 'plain.png', 'odd.png', 'wrong.webp'];
  };
  /** A WebP that says it is shorter than its first chunk is. */
  const wrongSize = Buffer.concat([Buffer.from('RIFF'), Buffer.from([14, 0, 0, 0]), Buffer.from('WEBPVP8X\x0a\0\0\0\x08\0\0\0\0\0\0\0\0\0', 'latin1'), Buffer.from('EXIF\x10\0\0\0', 'latin1'), Buffer.from('39.9 N, 116.4 E ')]);
  const heldBack = (end: string): readonly string[] => {
    const because = (name: string, why: string): string => `${name}: Location and camera data may be in ${name}. They cannot be removed because the file ${why}, so ${end}.`;
    return [
      `${because('short.png', 'ends too early')} --profile none takes it as it is.`,
      `${because('odd.png', 'is built in an unusual way')} If the file can be read, a profile that changes its format makes a new picture without them. --profile none takes it as it is.`,
      `${because('wrong.webp', 'is damaged')} --profile none takes it as it is.`,
    ];
  };
  const HELD = [{ ok: false, kept: null, error: { kind: 'file', retryable: true } }, { ok: true }, { ok: false, kept: null, error: { kind: 'file', retryable: false } }, { ok: false, error: { kind: 'file', retryable: false } }];

  it('sends and writes nothing of pictures that do not give up their metadata, says why and how they go out all the same, and goes on with the others', async () => {
    const files = holding();
    const sent = await world.run('upload', ...files, '--format', 'url');
    expect([sent.code, sent.out.split('\n').map((line) => line !== ''), sent.err.trim().split('\n')]).toEqual([1, [false, true, false, false, false], heldBack('it is not sent')]);
    expect(await world.json(1, 'upload', ...files)).toMatchObject(HELD);
    const made = await world.run('prepare', ...files, '--out', 'held');
    expect([made.code, made.err.trim().split('\n'), readdirSync(at('held'))]).toEqual([1, heldBack('no new file is written'), ['plain.png']]);
    expect(await world.json(1, 'prepare', ...files, '--out', 'held')).toMatchObject(HELD);
    expect((await upload(0, ...files, '--profile', 'none')).map(({ ok }) => ok)).toEqual([true, true, true, true]);
  });

  it('says what it left alone because it moves', async () => {
    const path = join(world.home, 'store', 'settings.json');
    const settings = JSON.parse(readFileSync(path, 'utf8')) as object;
    const trim = { id: 'p2', name: 'Trim', crop: { tolerance: 10, margin: 0 } };
    writeFileSync(path, JSON.stringify({ ...settings, preparation: { profiles: [trim], defaultProfile: 'private', accounts: {} } }));
    const frame = '21f904000a000000' + '2c00000000010001000002024401' + '00';
    writeFileSync(at('moving.gif'), Buffer.from(`474946383961010001008000000000${'00ffffff'}${frame}${frame}3b`, 'hex'));
    for (const [verb, more] of [['prepare', ['--out', 'trimmed']], ['upload', []]] as const) {
      const { code, err } = await world.run(verb, 'moving.gif', '--profile', 'trim', ...more);
      expect([verb, code, err]).toEqual([verb, 0, 'moving.gif: Left as it is: its movement would be lost.\n']);
      expect(await world.json(0, verb, 'moving.gif', '--profile', 'trim', ...more)).toMatchObject([{ removed: [], kept: null, leftAlone: 'animated' }]);
    }
  });

  it('says which folder it cannot write to, and why, at once', async () => {
    writeFileSync(at('home.png'), commented);
    for (const [folder, words] of [['home.png', 'it is a file'], ['home.png/deep', 'below one'], ...(process.platform === 'linux' ? [['/proc/nope', 'written'] as const] : [])] as const) {
      const { code, err } = await world.run('prepare', 'home.png', '--out', folder);
      expect([folder, code, err.includes(`${folder}`), err.includes(words), err.includes('data folder')]).toEqual([folder, 1, true, true, false]);
      expect(await world.json(1, 'prepare', 'home.png', '--out', folder)).toMatchObject([{ ok: false, path: null, error: { kind: 'file' } }]);
    }
    expect(readFileSync(at('home.png')).equals(commented)).toBe(true);
  });

  it('gives names that are one where capitals do not count a number', async () => {
    for (const folder of ['one', 'two']) mkdirSync(at(folder), { recursive: true });
    for (const name of ['one/x.png', 'two/x.PNG', 'two/y.png', 'one/y.png']) writeFileSync(at(name), clean);
    await world.json(0, 'prepare', 'one/x.png', 'two/x.PNG', 'one/y.png', 'two/y.png', '--out', 'together');
    expect(readdirSync(at('together')).sort()).toEqual(['x-2.PNG', 'x.png', 'y-2.png', 'y.png']);
  });

  it('gives no drawing back that can run something, however it is written down', async () => {
    const drawings = unusualDrawings().map(({ bytes }, index) => ({ name: `${index}.${index % 3 === 0 ? 'svgz' : index % 3 === 1 ? 'svg' : 'xml'}`, bytes }));
    for (const { name, bytes } of drawings) writeFileSync(at(name), bytes);
    const made = (await world.json(0, 'prepare', ...drawings.map(({ name }) => name), '--out', 'drawn')) as readonly { readonly path: string; readonly changed: boolean }[];
    expect(made.filter(({ path, changed }) => changed && !path.endsWith('.svgz') && readFileSync(path, 'utf8').includes('rect ') && !readFileSync(path, 'utf8').includes('alert'))).toHaveLength(drawings.length);
    writeFileSync(at('unknown.svg'), '<?xml version="1.0" encoding="utf-7"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    writeFileSync(at('none.svg'), '<?xml version="1.0"?><feed/>');
    expect(await world.json(1, 'prepare', 'unknown.svg', 'none.svg', '--out', 'drawn')).toMatchObject([{ ok: false, path: null }, { ok: false, path: null }]);
    expect(readdirSync(at('drawn'))).toHaveLength(drawings.length);
  });

  it('is what an upload does, by the profile that is asked for', async () => {
    writeFileSync(at('home.png'), commented);
    const bytesAt = async (...args: string[]): Promise<number> => ((await upload(0, 'home.png', ...args))[0] as unknown as { bytes: number }).bytes;
    expect(await bytesAt()).toBe(clean.length);
    expect(await bytesAt('--profile', 'none')).toBe(commented.length);
    expect((await world.run('upload', 'home.png', '--profile', 'no such')).code).toBe(2);
    expect((await world.run('prepare', 'home.png', '--profile', 'no such')).code).toBe(2);
  });
});

describe('albums and remote lists', { timeout: 60_000 }, () => {
  it('lists albums where the host has them, and says where it has not', async () => {
    const albums = (await world.json(0, 'albums', '--account', 'img')) as { id: string; name: string }[];
    expect(albums[0]).toMatchObject({ id: expect.any(String) as string, name: expect.any(String) as string });
    expect(await world.json(1, 'albums', '--account', 'sm')).toMatchObject({ error: { kind: 'bad_request' } });
    expect((await world.run('upload', picture('album.png'), '--account', 'sm', '--album', '5')).code).toBe(2);
    expect((await upload(0, 'album.png', '--account', 'img', '--album', albums[0]?.id ?? ''))[0]).toMatchObject({ ok: true });
  });

  it('lists what the host has, matched to the library, and clears the list where that can be done', async () => {
    const [sent] = await upload(0, picture('r.png'), '--account', 'sm');
    const rows = (await world.json(0, 'remote', 'list', '--account', 'sm')) as { url: string; uploadId: string | null }[];
    expect(rows.find(({ url }) => url === sent?.url)?.uploadId).toBe(sent?.id);
    expect((await world.run('remote', 'clear', '--account', 'sm')).code).toBe(0);
    expect(await world.json(0, 'remote', 'list', '--account', 'sm')).toEqual([]);
    const page = (await world.json(0, 'remote', 'list', '--account', 'wiz', '--per-page', '1')) as object[];
    expect(page).toHaveLength(1);
    expect((await world.run('remote', 'clear', '--account', 'wiz')).code).toBe(1);
  });
});
