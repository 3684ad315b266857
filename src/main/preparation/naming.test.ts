import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Naming } from '../../shared/model/preparation';
import { AS_IT_IS, PRIVATE } from '../../shared/model/preparation-profiles';
import { checkNameTemplate, namePlaceholders } from '../../shared/templates/name-template';
import { exampleName } from './example-name';
import { nameOf, type NamingParts } from './name-file';
import { createPrepareFile } from './prepare-file';
import { safeFileName, slugOf } from './safe-names';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-naming-'));
  writeFileSync(join(folder, 'file'), 'bytes');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const never = new AbortController().signal;
const AT = new Date(2026, 10, 28, 9, 5, 7).getTime();
const UUID = '01234567-89ab-cdef-0123-456789abcdef';
const sha = createHash('sha256').update('bytes').digest('hex');
const named = (partName: string, naming: Partial<Naming>, file: NamingParts['file'] = {}, counter = 1): Promise<string> =>
  nameOf({ facts: { partName, sha256: null, width: 640, height: 480 }, file, counter, profile: { name: 'Blog', naming: { ...PRIVATE.naming, ...naming } }, path: join(folder, 'file'), now: AT, uuid: UUID }, never);

describe('a template', () => {
  test.each([
    ['', '照片 1.JPG'],
    ['  ', '照片 1.JPG'],
    ['{name}', '照片 1.JPG'],
    ['{name}.{ext}', '照片 1.JPG'],
    ['{date:YYYY-MM-DD_HHmmss}', '2026-11-28_090507.JPG'],
    ['{date:yyyy-MM-dd_hhmmss}', '2026-11-28_090507.JPG'],
    ['{width}x{height}-{place:3}', '640x480-007.JPG'],
    ['{counter:4}', '0042.JPG'],
    ['{clipboard-app}-{counter}', 'GIMP-42.JPG'],
    ['{sha256:8}', `${sha.slice(0, 8)}.JPG`],
    ['{md5}', `${createHash('md5').update('bytes').digest('hex')}.JPG`],
    ['{uuid}', `${UUID}.JPG`],
    ['{random:4}-{random}', '0123-01234567.JPG'],
    ['{account} {profile} {timestamp}', `my host Blog ${AT}.JPG`],
    ['{{{name}}}', '{照片 1}.JPG'],
    ['a/../b', 'a-..-b.JPG'],
  ])('%j', async (template, name) => {
    expect(await named('照片 1.JPG', { template }, { place: 7, account: 'my host', clipboardApp: 'GIMP' }, 42)).toBe(name);
  });

  test('knows the extension of a name that goes over two lines, and writes it once', async () => {
    for (const template of ['', '{name}']) expect(await named('line\nbreak.jpg', { template })).toBe('line-break.jpg');
  });

  test('is checked, with what was probably meant', () => {
    for (const name of namePlaceholders) expect([name, checkNameTemplate(`{${name}}`)]).toEqual([name, null]);
    expect(checkNameTemplate('{nmae}')).toMatchObject({ type: 'unknown-placeholder', near: 'name' });
    expect(checkNameTemplate('{sha256:65}')).toMatchObject({ type: 'bad-length' });
    expect(checkNameTemplate('{date:x}')).toMatchObject({ type: 'bad-date' });
    expect(checkNameTemplate('{clipboardapp}')).toMatchObject({ type: 'unknown-placeholder', near: 'clipboard-app' });
    expect(checkNameTemplate('{uuid:3}')).toMatchObject({ type: 'no-argument' });
    expect(checkNameTemplate('{name')).toMatchObject({ type: 'unclosed-brace' });
  });
});

describe('a template with a mistake, as a hand writes one into the settings file', () => {
  const prepare = createPrepareFile({ folder: join(tmpdir(), 'picferry-naming-none'), newId: () => UUID, now: () => AT, studio: { make: () => Promise.resolve({ type: 'alone', why: 'nothing' }) } });
  const prepared = (template: string, named: boolean) => prepare({ path: join(folder, 'file'), name: 'photo.png', named, profile: { ...AS_IT_IS, name: 'Blog', naming: { ...AS_IT_IS.naming, template } } }, never);

  test('names no file: the file is not sent, and the mistake is said', async () => {
    for (const template of ['{nmae}', '{sha256:65}-{name}', '{name'])
      await expect(prepared(template, false)).rejects.toMatchObject({ problem: { kind: 'file', sub: 'prepare', message: 'prepareBadName', params: { name: 'photo.png', profile: 'Blog', text: checkNameTemplate(template)?.text } } });
  });

  test('does not stand in the way of a name that a person gave, and of a template that is right', async () => {
    expect((await prepared('{nmae}', true)).partName).toBe('photo.png');
    expect((await prepared('{{{name}}}', false)).partName).toBe('{photo}.png');
  });
});

describe('a slug', () => {
  test.each([
    ['letters', '我的 照片(1)!', '我的-照片-1'],
    ['letters', 'Über_größe é', 'Über_größe-é'],
    ['ascii', '北京 photo', 'Bei-Jing-photo'],
    ['ascii', 'Über größe', 'Uber-grosse'],
    ['ascii', 'Москва', 'Moskva'],
    ['ascii', '🎉', 'tada'],
    ['off', ' a  b ', ' a  b '],
  ] as const)('by %s makes %s to %s', async (slug, from, to) => {
    expect(await slugOf(from, { slug, lowerCase: false })).toBe(to);
  });

  test('may be in small letters, with its extension', async () => {
    expect(await named('北京 A.PNG', { slug: 'ascii', lowerCase: true })).toBe('bei-jing-a.png');
  });
});

describe('a name that is taken', () => {
  const taken = (...names: readonly string[]) => ({ isTaken: (name: string) => names.includes(name) });

  test('gets a number, a piece of the digest, or nothing', async () => {
    expect(await named('a.png', { collision: 'number' }, taken('a.png', 'a-2.png'))).toBe('a-3.png');
    expect(await named('a.png', { collision: 'digest' }, taken('a.png'))).toBe(`a-${sha.slice(0, 8)}.png`);
    expect(await named('a.png', { collision: 'ignore' }, taken('a.png'))).toBe('a.png');
    expect(await named('a.png', { collision: 'number' }, taken('b.png'))).toBe('a.png');
    expect(await named('a.png', { collision: 'number' }, { isTaken: () => true })).toBe(`a-${UUID}.png`);
  });

  test("is a person's own choice", async () => {
    expect(await named('my/name.png', { template: '{uuid}', collision: 'number' }, { named: true, ...taken('my-name.png') })).toBe('my-name.png');
  });
});

describe("a file's own name", () => {
  test.each([
    ['a\nb.png', 'a-b.png'],
    ['a\r\nContent-Type: text/html\x00.png', 'a-Content-Type: text-html-.png'],
    ['\u202egnp.exe', '-gnp.exe'],
    ['a\u2066b\u2069c\u200bd\ufeff.png', 'a-b-c-d-.png'],
    ['\x1b[31mred\x07.png', '-[31mred-.png'],
    ['..\\..\\x/y.png', '..-..-x-y.png'],
    ['a\u2028b\ud800.png', 'a-b-.png'],
    ['a\u200d.png', 'a-.png'],
  ])('%j goes to the host without what is harmful or hidden: %j', async (from, to) => {
    expect(await named(from, {})).toBe(to);
    expect(await exampleName({ naming: PRIVATE.naming, name: 'Blog' }, from, AT, 1)).toBe(to);
  });

  test('is otherwise as it was', async () => {
    for (const name of ['照片 1.JPG', '👨\u200d👩\u200d👧.png', '🏴󠁧󠁢󠁥󠁮󠁧󠁿.png', 'می\u200cخواهم.jpg', 'क्\u200dष.jpg', '٠\u0601٥.png', "it's 100% (a+b) #1?.png", 'e\u0301.png', '❤️\u200d🔥.png', 'Screenshot 10:20.png']) expect(await named(name, {})).toBe(name);
  });
});

describe('a name that is too long', () => {
  const long = ['x'.repeat(245), '照'.repeat(82), '照片😀'.repeat(24)];
  test.each([
    ['{name}-{counter:4}', /-0042\.jpg$/],
    ['{counter}-{name}', /^42-.+\.jpg$/],
    ['{name} {sha256:8} {date:YYYY}', new RegExp(`[ -]${sha.slice(0, 8)}[ -]2026\\.jpg$`)],
    ['{account} {name} {uuid}', new RegExp(`[ -]${UUID}\\.jpg$`)],
    [`${'long '.repeat(50)}{place:3}`, /007\.jpg$/],
    ['{name}.{ext}', /[^.]\.jpg$/],
  ])('is cut where it is text, and keeps what tells it from others: %s', async (template, end) => {
    for (const stem of long) {
      for (const slug of ['off', 'letters', 'ascii'] as const) {
        const name = await named(`${stem}.jpg`, { template, slug }, { place: 7, account: 'my host '.repeat(9) }, 42);
        expect(name).toMatch(end);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
        expect(Buffer.byteLength(name)).toBeGreaterThan(150);
      }
    }
  });

  test('of two files that differ in their number alone differs, too', async () => {
    const both = await Promise.all([1, 2].map((counter) => named(`${'x'.repeat(250)}.png`, { template: '{name}_{counter:3}' }, {}, counter)));
    expect(new Set(both).size).toBe(2);
  });
});

describe('every name', () => {
  const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.constantFrom('con', 'NUL', 'com1.x', '..', '.', ' ', '\u202egpj.exe', 'a'.repeat(400), '照'.repeat(200), 'e\u0301'.repeat(150), '👨‍👩‍👧'.repeat(40), 'ی\u200c'.repeat(90), 'a\u200d\u200cb', '\ud800', 'aux '));

  test('is one that every host and file system takes', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom('', 'jpg', 'PNG', 'a/b'), (stem, extension) => {
        const name = safeFileName(stem, extension);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
        expect(name).not.toMatch(/(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}/\\:*?"<>|]|^[\s.]|[\s.]$/u);
        expect(name).not.toMatch(/^[\u200c\u200d]|[\u200c\u200d]{2}|[\u200c\u200d](\.|$)/u);
        expect(name.split('.')[0]).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)$/i);
        expect(name).not.toBe('');
        expect(name.normalize('NFC')).toBe(name);
        expect(safeFileName(name, '')).toBe(name);
      }),
      { numRuns: 500 },
    );
  });

  test('is still written as its script writes it', () => {
    for (const stem of ['می\u200cخواهم', 'क्\u200dष', '👨\u200d👩\u200d👧\u200d👦', '👩🏽\u200d💻', '❤️\u200d🔥']) expect(safeFileName(stem, 'jpg')).toBe(`${stem}.jpg`.normalize('NFC'));
    expect(safeFileName('a\u200d', 'jpg')).toBe('a-.jpg');
    expect(safeFileName('\u200bb\u200d/\u202ec', '')).toBe('-b-c');
  });

  test('in a to z has nothing else in it', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, fc.boolean(), async (stem, lowerCase) => {
        expect(await slugOf(stem, { slug: 'ascii', lowerCase })).toMatch(lowerCase ? /^[a-z0-9_-]*$/ : /^[A-Za-z0-9_-]*$/);
      }),
      { numRuns: 200 },
    );
  });

  test('comes out of any template, with the extension of what is sent', async () => {
    const template = fc.array(fc.oneof(anyText, fc.constantFrom(...namePlaceholders.map((name) => `{${name}}`), '{', '}', '{date:YYYY}')), { maxLength: 6 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(template, fc.constantFrom('off', 'letters', 'ascii'), async (text, slug) => {
        const name = await named('照片.jpg', { template: text, slug, collision: 'number' });
        expect(name).toMatch(/^[^.\s].*\.jpg$/su);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
      }),
      { numRuns: 200 },
    );
  });
});
