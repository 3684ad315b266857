import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { png } from '../../../test/queue/queue-world';
import { PicferryError } from '../../lib/picferry-error';
import { PreparationProfile } from '../../shared/model/preparation';
import { AS_IT_IS, PRIVATE } from '../../shared/model/preparation-profiles';
import type { Studio } from '../imaging';
import type { ProxyChoice } from '../providers/http';
import type { PrepareFile } from '../queue';
import { createHttp } from '../providers/http/create-http';
import { createIntake, createPrepareFile, fetchLimits, fetchPicture, hashFile, isMadeFrom, keepBytes, sweepKept } from '.';
import { isPublicAddress } from './public-address';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-preparation-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const now = (): number => 1_700_000_000_000;
const never = new AbortController().signal;
/** Finds nothing to do. */
const idleStudio: Pick<Studio, 'make'> = { make: () => Promise.resolve({ type: 'alone', why: 'nothing' }) };
/** Prepares as an account without a profile of its own does; copies go to the folder `prepared`. */
const preparing = (profile: PreparationProfile = PRIVATE) => {
  const prepare: PrepareFile = (file, signal) => createPrepareFile({ folder: join(folder, 'prepared'), newId: randomUUID, now, studio: idleStudio })(file, signal);
  return (file: { readonly path: string; readonly name: string }, signal: AbortSignal) => prepare({ ...file, profile }, signal);
};
const write = (name: string, content: Uint8Array = png()): string => {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
};
const messageOf = async (work: Promise<unknown>): Promise<string> => {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof PicferryError)) throw new Error(`expected a problem, got ${String(error)}`);
  return error.problem.message;
};
const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('preparing a file', () => {
  const prepare = preparing();
  const look = (name: string, content?: Uint8Array) => prepare({ path: write(name, content), name }, never);

  it('finds type, size and digest without changing a byte', async () => {
    const content = png();
    const facts = await look('图 a"b.png', content);
    expect(facts).toMatchObject({ partName: '图 a"b.png', kind: 'image', mime: 'image/png', bytes: content.length, width: 1, height: 1, sha256: sha(content) });
    expect(readFileSync(join(folder, '图 a"b.png'))).toEqual(content);
  });

  it('believes the content, not the extension, and adds an extension only where there is none', async () => {
    expect(await look('wrong.jpg')).toMatchObject({ partName: 'wrong.jpg', mime: 'image/png' });
    expect(await look('none')).toMatchObject({ partName: 'none.png', mime: 'image/png' });
    expect(await look('.hidden')).toMatchObject({ partName: '.hidden.png' });
    expect(await look('drawing.svg', Buffer.from('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"/>'))).toMatchObject({
      kind: 'image',
      mime: 'image/svg+xml',
      width: 3,
      height: 2,
    });
    expect(await look('broken.gif', Buffer.from('not a picture'))).toMatchObject({ kind: 'image', mime: 'image/gif', width: null });
    expect(await look('text.txt', Buffer.from('words'))).toMatchObject({ kind: 'other' });
    expect(await look('paper.png', Buffer.from('%PDF-1.7\n'))).toMatchObject({ kind: 'other', mime: 'application/pdf' });
  });

  it('says of no BMP that location and camera data may be in it, for which it has no room but behind its end', async () => {
    const bmp = Buffer.alloc(58);
    bmp.write('BM');
    bmp.writeUInt32LE(bmp.length, 2);
    expect(await look('scan.bmp', bmp)).toMatchObject({ mime: 'image/bmp', report: { kept: null } });
    expect(await look('longer.bmp', Buffer.concat([bmp, Buffer.from('and more')]))).toMatchObject({ report: { kept: 'format' } });
    expect(await look('symbol.ico', Buffer.from('0000010001000101000001002000300000001600000028', 'hex'))).toMatchObject({ report: { kept: 'format' } });
  });

  it('gives the size a picture is shown with when EXIF turns it', async () => {
    const exif = Buffer.from('ffe1002245786966000049492a00080000000100120103000100000006000000000000000000', 'hex');
    exif.writeUInt16BE(exif.length - 2, 2);
    const frame = Buffer.from('ffc0000b080014001e01011100', 'hex');
    const jpeg = Buffer.concat([Buffer.from('ffd8', 'hex'), exif, frame, Buffer.from('ffda0008010100003f0000ffd9', 'hex'), Buffer.alloc(64)]);
    expect(await look('turned.jpg', jpeg)).toMatchObject({ width: 20, height: 30 });
  });

  it('hashes files of every size alike', async () => {
    for (const size of [1, 4 * 1024 * 1024, 4 * 1024 * 1024 + 1, 9_000_001]) {
      const content = randomBytes(size);
      const path = write('any.bin', content);
      expect((await prepare({ path, name: 'any.bin' }, never)).sha256).toBe(sha(content));
      expect(await hashFile(path, never)).toBe(sha(content));
    }
  });

  it('says what is wrong with a file that cannot be sent', async () => {
    expect(await messageOf(prepare({ path: join(folder, 'nowhere.png'), name: 'nowhere.png' }, never))).toBe('fileMissing');
    expect(await messageOf(look('empty.png', Buffer.alloc(0)))).toBe('fileEmpty');
    expect(await messageOf(prepare({ path: folder, name: 'folder' }, never))).toBe('fileUnreadable');
  });
});

describe('preparing a picture with metadata', () => {
  const [marker, comment] = [Buffer.from('fffe', 'hex'), Buffer.from('taken in the secret garden')];
  const scan = Buffer.concat([Buffer.from('ffc0000b080014001e01011100ffda0008010100003f00', 'hex'), Buffer.from('pixels')]);
  /** A JPEG with a comment, and the same without it. `length` is that of its compressed data. */
  const commented = (length = 6): { readonly photo: Buffer; readonly clean: Buffer } => {
    const data = Buffer.concat([scan, Buffer.alloc(length, 'picture'), Buffer.from('ffd9', 'hex')]);
    return {
      photo: Buffer.concat([Buffer.from('ffd8', 'hex'), marker, Buffer.from([0, comment.length + 2]), comment, data]),
      clean: Buffer.concat([Buffer.from('ffd8', 'hex'), data]),
    };
  };
  const copies = (): readonly string[] => (existsSync(join(folder, 'prepared')) ? readdirSync(join(folder, 'prepared')) : []);

  it('makes a copy without it and tells of the copy; the file itself stays as it is', async () => {
    for (const length of [6, 5_000_000]) {
      const { photo, clean } = commented(length);
      const path = write('photo.jpg', photo);
      const facts = await preparing()({ path, name: 'photo.jpg' }, never);
      expect(facts).toMatchObject({ partName: 'photo.jpg', mime: 'image/jpeg', bytes: clean.length, sha256: sha(clean), width: 30, height: 20, prepared: expect.stringContaining('prepared') as string });
      expect(readFileSync(facts.prepared ?? '').equals(clean)).toBe(true);
      expect(statSync(facts.prepared ?? '')).toMatchObject({ size: facts.bytes, mtimeMs: facts.modifiedMs });
      expect(readFileSync(path).equals(photo)).toBe(true);
    }
  });

  it('makes none where there is nothing to take out, and where the profile says so', async () => {
    const { photo, clean } = commented(3_000_000);
    for (const [name, content, profile] of [
      ['clean.jpg', clean, PRIVATE],
      ['as-it-is.jpg', photo, AS_IT_IS],
    ] as const) {
      const facts = await preparing(profile)({ path: write(name, content), name }, never);
      expect(facts).toMatchObject({ prepared: null, bytes: content.length, sha256: sha(content) });
    }
    expect(copies()).toEqual([]);
  });

  it('says so when the disk takes no copy, and leaves none behind', async () => {
    const { photo } = commented();
    write('prepared', Buffer.from('a file where the folder should be'));
    expect(await messageOf(preparing()({ path: write('photo.jpg', photo), name: 'photo.jpg' }, never))).toBe('diskRefused');
  });

  it('leaves no copy behind when it is cancelled', async () => {
    const abort = new AbortController();
    let asked = 0;
    const signal = Object.assign(abort.signal, {
      throwIfAborted() {
        asked += 1;
        if (asked < 3) return;
        abort.abort();
        throw abort.signal.reason as Error;
      },
    });
    await expect(preparing()({ path: write('photo.jpg', commented(9_000_000).photo), name: 'photo.jpg' }, signal)).rejects.toMatchObject({ name: 'AbortError' });
    expect(copies()).toEqual([]);
  });

  it('knows the file that an upload was made from, with and without its metadata', async () => {
    const { photo, clean } = commented(2_000_000);
    const upload = { bytes: clean.length, sha256: sha(clean) };
    expect(await isMadeFrom(write('photo.jpg', photo), upload, never)).toBe(true);
    expect(await isMadeFrom(write('clean.jpg', clean), upload, never)).toBe(true);
    expect(await isMadeFrom(write('other.jpg', commented(2_000_001).photo), upload, never)).toBe(false);
    expect(await isMadeFrom(write('same-size.jpg', Buffer.alloc(clean.length)), upload, never)).toBe(false);
    expect(await isMadeFrom(write('short.jpg', Buffer.alloc(9)), upload, never)).toBe(false);
    const drawn = { bytes: 77, sha256: sha(Buffer.from('encoded anew')), source: { bytes: photo.length, sha256: sha(photo) } };
    expect(await isMadeFrom(write('photo.jpg', photo), drawn, never)).toBe(true);
    expect(await isMadeFrom(write('same-size.jpg', Buffer.alloc(photo.length)), drawn, never)).toBe(false);
    expect(await isMadeFrom(write('other.jpg', commented(2_000_001).photo), drawn, never)).toBe(false);
  });
});

describe('preparing a picture by a profile that changes pixels', () => {
  const blog = PreparationProfile.parse({ id: 'blog', name: 'Blog', format: 'webp' });
  const webp = Buffer.from('RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0', 'latin1');
  const copies = (): readonly string[] => (existsSync(join(folder, 'prepared')) ? readdirSync(join(folder, 'prepared')) : []);
  const made = (outcome: Awaited<ReturnType<Studio['make']>>, name = '图 1.png', signal = never) => {
    const studio: Pick<Studio, 'make'> = {
      make: (_path, to) => {
        writeFileSync(to, webp);
        return Promise.resolve(outcome);
      },
    };
    return createPrepareFile({ folder: join(folder, 'prepared'), newId: randomUUID, now, studio })({ path: write(name), name, profile: blog }, signal);
  };

  it('sends what was made, under the name of its format', async () => {
    const facts = await made({ type: 'made', extension: 'webp', recoded: true, removed: ['exif'] });
    expect(facts).toMatchObject({ partName: '图 1.webp', mime: 'image/webp', bytes: webp.length, sha256: sha(webp), width: 1, height: 1 });
    expect(facts.report).toMatchObject({ removed: ['exif'], kept: null, left: null, recoded: true });
    expect(readFileSync(facts.prepared ?? '').equals(webp)).toBe(true);
  });

  it('says what was made of a picture, and what of the work was left out all the same', async () => {
    expect((await made({ type: 'made', extension: 'webp', recoded: false, removed: ['script'], left: 'drawing' })).report).toMatchObject({ removed: ['script'], left: 'drawing' });
  });

  it('says of no drawing that location and camera data stayed in it: the studio takes all of that out', async () => {
    const svg = write('a.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"/>'));
    expect((await preparing()({ path: svg, name: 'a.svg' }, never)).report).toMatchObject({ kept: null, left: null });
  });

  it('sends a picture that is left alone as one without metadata', async () => {
    const facts = await made({ type: 'alone', why: 'nothing' });
    expect(facts).toMatchObject({ partName: '图 1.png', mime: 'image/png', prepared: null, report: { left: null, recoded: false } });
    expect((await made({ type: 'alone', why: 'animated' })).report).toMatchObject({ left: 'animated', removed: [] });
  });

  it.each([
    ['failed', 'prepareFailed'],
    ['crashed', 'prepareFailed'],
    ['timeout', 'prepareTimeout'],
    ['too_big', 'prepareTooBig'],
    ['no_fit', 'prepareNoFit'],
    ['no_mark', 'prepareNoMark'],
    ['no_letters', 'prepareNoLetters'],
    ['trap', 'prepareTrap'],
    ['outside', 'prepareOutside'],
    ['slow', 'prepareSlow'],
    ['memory', 'prepareMemory'],
    ['disk', 'diskRefused'],
  ] as const)('fails with a word when it comes back %s, and leaves nothing behind', async (why, message) => {
    await expect(made({ type: 'failed', why })).rejects.toMatchObject({ problem: { message, retryable: why !== 'too_big' && why !== 'trap' && why !== 'outside' } });
    expect(copies()).toEqual([]);
  });
});

describe('a picture of a kind that is not read here', () => {
  const kinds = { ico: Buffer.from('000001000100101000000100200068040000160000', 'hex'), jp2: Buffer.from('0000000c6a5020200d0a870a00000014667479706a7032200000', 'hex'), psd: Buffer.from('3842505300010000000000000003', 'hex'), pcx: Buffer.from('0a0501080000', 'hex'), tga: Buffer.from('00000a000000', 'hex') };
  const asked = (part: Partial<PreparationProfile>) => preparing(PreparationProfile.parse({ ...PRIVATE, id: 'p', name: 'p', ...part }));

  it.each(Object.entries(kinds))('is said to be left as it is where its pixels were to change, and does not go out larger than was asked for: %s', async (extension, start) => {
    const file = { path: write(`a.${extension}`, Buffer.concat([start, Buffer.alloc(3000, 1)])), name: `a.${extension}` };
    for (const part of [{ resize: { by: 'longest', value: 16 } }, { format: 'webp' }, { maxBytes: 5000 }] as const) {
      expect((await asked(part)(file, never)).report).toMatchObject({ left: 'format', recoded: false });
    }
    expect(await messageOf(asked({ maxBytes: 2000 })(file, never))).toBe('prepareNoFit');
    expect((await asked({})(file, never)).report).toMatchObject({ left: null });
  });
});

describe('a file that is being written while it is looked at', () => {
  /** Writes to the file in the middle of each of the first `times` looks: there the look asks its signal. */
  const lookWhileWritten = (path: string, times: number) => {
    let looks = 0;
    const signal = Object.assign(new AbortController().signal, {
      throwIfAborted() {
        looks += 1;
        if (looks <= times) writeFileSync(path, png(randomBytes(16 + 4 * looks)));
      },
    });
    const facts = preparing()({ path, name: 'a.png' }, signal);
    return { facts, looks: () => looks };
  };

  it('is looked at again, and is taken as it is in the end', async () => {
    const path = write('a.png');
    const look = lookWhileWritten(path, 2);
    expect(await look.facts).toMatchObject({ bytes: png().length + 8, sha256: sha(readFileSync(path)) });
    expect(look.looks()).toBe(3);
  });

  it('is said to have changed when it did so at three looks', async () => {
    const look = lookWhileWritten(write('a.png'), Infinity);
    expect(await messageOf(look.facts)).toBe('fileChanged');
    expect(look.looks()).toBe(3);
  });

  it('is not looked at again once the job is cancelled', async () => {
    const abort = new AbortController();
    let looks = 0;
    const signal = Object.assign(abort.signal, {
      throwIfAborted() {
        looks += 1;
        abort.abort();
        throw abort.signal.reason as Error;
      },
    });
    await expect(preparing()({ path: write('a.png'), name: 'a.png' }, signal)).rejects.toMatchObject({ name: 'AbortError' });
    expect(looks).toBe(1);
  });
});

describe('bytes without a file', () => {
  let ids = 0;
  const deps = () => ({ folder: join(folder, 'intake'), newId: () => `kept-${(ids += 1)}`, now });

  it('lie on disk for this person only, under no name of the caller', async () => {
    const content = randomBytes(300_000);
    for (const bytes of [content, Readable.from([content.subarray(0, 5), content.subarray(5)])]) {
      const kept = await keepBytes(deps(), '../../etc/a\u0000.png', bytes);
      expect(kept.name).toBe('a.png');
      expect(sha(readFileSync(kept.path))).toBe(sha(content));
      if (process.platform !== 'win32') expect(statSync(kept.path).mode & 0o777).toBe(0o600);
    }
  });

  it('are swept away when no job names them and they are old', async () => {
    const [old, named, young] = await Promise.all(['a', 'b', 'c'].map((name) => keepBytes(deps(), name, png())));
    if (old === undefined || named === undefined || young === undefined) throw new Error('three were kept');
    for (const { path } of [old, named]) utimesSync(path, 1, 1);
    await sweepKept(join(folder, 'intake'), new Set([named.path]), Date.now());
    expect([old, named, young].map(({ path }) => existsSync(path))).toEqual([false, true, true]);
    await sweepKept(join(folder, 'nowhere'), new Set(), Date.now());
  });

  it('leave nothing behind when they cannot be kept', async () => {
    write('blocked', Buffer.from('a file where a folder should be'));
    expect(await messageOf(keepBytes({ ...deps(), folder: join(folder, 'blocked') }, 'a.png', png()))).toBe('diskRefused');
  });
});

describe('fetching a picture', () => {
  let server: Server | null = null;
  afterEach(async () => {
    server?.closeAllConnections();
    await new Promise<void>((resolve) => (server === null ? resolve() : server.close(() => resolve())));
    server = null;
  });
  const serve = async (listener: RequestListener): Promise<string> => {
    const started = createServer(listener);
    server = started;
    await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
  };
  const limits = { ...fetchLimits, allowLoopback: true };
  let proxy: ProxyChoice = { mode: 'none' };
  const http = createHttp({
    limits: () => ({ connectMs: 5000, stallMs: 5000, answerMs: 5000 }),
    proxy: () => proxy,
    systemProxy: null,
    userAgent: 'test',
  });
  afterEach(() => {
    proxy = { mode: 'none' };
  });
  const wayTo = (target: URL) => http.wayTo(target);

  it('brings it and names it after its address', async () => {
    const content = png();
    const base = await serve((request, response) => {
      if (request.url === '/go') response.writeHead(302, { location: '/pictures/%E5%9B%BE' }).end();
      else response.end(content);
    });
    expect(await fetchPicture(`${base}/go`, never, wayTo, limits)).toMatchObject({ name: '图.png', bytes: content });
    const intake = createIntake({ folder: join(folder, 'intake'), newId: () => 'one', now, wayTo }, limits);
    expect(await intake.url(`${base}/a.png?size=1`, never)).toMatchObject({ type: 'kept', name: 'a.png' });
  });

  it('refuses addresses of this computer and of private networks, also behind a redirect or a name', async () => {
    const base = await serve((_request, response) => void response.end(png()));
    for (const url of [base, base.replace('127.0.0.1', 'localhost'), 'http://10.0.0.1/a.png', 'http://[::1]/a.png', 'http://[::ffff:127.0.0.1]/', 'http://0x7f.1/', 'http://169.254.169.254/']) {
      expect(await messageOf(fetchPicture(url, never, wayTo))).toBe('urlPrivate');
    }
    const jump = await serve((_request, response) => void response.writeHead(302, { location: 'http://192.168.1.1/a.png' }).end());
    expect(await messageOf(fetchPicture(jump, never, wayTo, limits))).toBe('urlPrivate');
  });

  it('goes the way the proxy setting names, and shows the proxy no private address', async () => {
    const asked: (string | undefined)[] = [];
    const content = png();
    const address = await serve((request, response) => {
      asked.push(request.url);
      if (request.url?.endsWith('/jump') === true) response.writeHead(302, { location: 'http://10.0.0.1/a.png' }).end();
      else response.end(content);
    });
    proxy = { mode: 'manual', url: address, username: '', password: '' };
    expect(await fetchPicture('http://8.8.8.8/a.png', never, wayTo)).toMatchObject({ name: 'a.png', bytes: content });
    expect(await messageOf(fetchPicture('http://8.8.8.8/jump', never, wayTo))).toBe('urlPrivate');
    expect(asked).toEqual(['http://8.8.8.8/a.png', 'http://8.8.8.8/jump']);
    proxy = { mode: 'manual', url: 'not a proxy', username: '', password: '' };
    expect(await messageOf(fetchPicture('http://8.8.8.8/a.png', never, wayTo))).toBe('urlUnreachable');
  });

  it('judges every kind of address that is not public as such', () => {
    for (const address of ['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.0.1', '169.254.1.1', '100.64.0.1', '0.0.0.0', '224.0.0.1', '255.255.255.255', '::', '::1', 'fe80::1', 'fe80::1%eth0', 'fc00::1', '::ffff:8.8.8.8', '64:ff9b::7f00:1', '2002:7f00:1::', '2001:db8::1', 'ff02::1', 'nonsense'])
      expect([address, isPublicAddress(address)]).toEqual([address, false]);
    for (const address of ['8.8.8.8', '172.32.0.1', '2606:4700::1111']) expect([address, isPublicAddress(address)]).toEqual([address, true]);
  });

  it('says why there is no picture', async () => {
    const base = await serve((request, response) => {
      if (request.url === '/page') response.end('<html>words</html>');
      else if (request.url === '/loop') response.writeHead(301, { location: '/loop' }).end();
      else if (request.url === '/big') response.end(Buffer.concat([png(), Buffer.alloc(5000)]));
      else if (request.url === '/slow') response.write('x');
      else if (request.url === '/out') response.writeHead(302, { location: 'file:///etc/passwd' }).end();
      else response.writeHead(404).end();
    });
    const messages = await Promise.all(
      ['page', 'loop', 'big', 'slow', 'out', 'gone'].map((path) => messageOf(fetchPicture(`${base}/${path}`, never, wayTo, { ...limits, maxBytes: 4000, totalMs: path === 'slow' ? 50 : 10_000 }))),
    );
    expect(messages).toEqual(['urlNotPicture', 'urlRedirects', 'urlTooBig', 'urlTimeout', 'urlMalformed', 'urlRefused']);
    expect(await messageOf(fetchPicture('ftp://a.example/x.png', never, wayTo))).toBe('urlMalformed');
    expect(await messageOf(fetchPicture('no address', never, wayTo))).toBe('urlMalformed');
    expect(await messageOf(fetchPicture(`${base}/slow`, AbortSignal.timeout(20), wayTo, limits))).toBe('cancelled');
  });
});
