import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readByExiftool } from '../../../test/pictures/exiftool';
import { painted, withAll } from '../../../test/pictures/sample-pictures';
import { PRIVATE } from '../../shared/model/preparation-profiles';
import { applyProfile } from './apply-profile';
import { cleanSvg } from './clean-svg';
import { loadSharp } from './load-sharp';
import { hardenSharp } from './make-thumbnail';

const sharp = hardenSharp(loadSharp(import.meta.url, 'linux'));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-drawing-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const svg = (inside: string): string => `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="200" height="100">${inside}</svg>`;
const photo = (format: 'jpeg' | 'png' | 'webp' = 'jpeg'): Promise<Buffer> => withAll(painted(sharp, 3), 6).toFormat(format).toBuffer();
const inBase64 = (picture: Buffer, format = 'jpeg'): string => `data:image/${format};base64,${picture.toString('base64')}`;
/** The pictures that lie in a drawing. */
const pictures = (text: string): readonly Buffer[] => [...text.matchAll(/data:image\/\w+;base64,([\w+/=]+)/g)].map(([, data]) => Buffer.from(data ?? '', 'base64'));
/** What another program reads of them about a camera, a place and a person. */
function told(files: readonly Buffer[]): readonly string[] {
  for (const [index, file] of files.entries()) writeFileSync(join(folder, `${index}.jpg`), file);
  return Object.values(readByExiftool(folder)).flatMap((tags) => Object.keys(tags).filter((tag) => /^(IFD0:Make|GPS|XMP)/.test(tag)));
}

describe('a photo in a drawing', () => {
  test('loses its position with the profile that is there from the start, which tells of it, and is drawn as before', async () => {
    const [path, to] = [join(folder, 'from'), join(folder, 'to')];
    const [jpeg, png, webp] = await Promise.all([photo('jpeg'), photo('png'), photo('webp')]);
    const before = svg(`<image width="60" height="50" href="${inBase64(jpeg)}"/><image x="60" width="60" height="50" xlink:href="${inBase64(png, 'png')}"/><image x="120" width="60" height="50" href="${inBase64(webp, 'webp')}"/>`);
    writeFileSync(path, before);
    const { outcome } = await applyProfile(() => sharp, { do: 'profile', id: 1, path, to, profile: PRIVATE, takes: [] });
    expect(outcome).toMatchObject({ type: 'made', extension: 'svg', recoded: false, removed: expect.arrayContaining(['location', 'exif', 'xmp']) as string[] });
    const after = readFileSync(to, 'utf8');
    expect(pictures(after)).toHaveLength(3);
    rmSync(path);
    rmSync(to);
    expect([told(pictures(before)).length > 5, told(pictures(after))]).toEqual([true, []]);
    const drawn = (text: string): Promise<Buffer> => sharp(Buffer.from(text)).raw().toBuffer();
    expect((await drawn(after)).equals(await drawn(before))).toBe(true);
    expect((await sharp(pictures(after)[0]).metadata()).orientation).toBe(6);
  });

  test.each([
    ['with line ends in it', (file: Buffer) => `<image href="${inBase64(file).replace(/(.{76})/g, '$1&#10;')}"/>`],
    ['with signs as numbers', (file: Buffer) => `<image href="${inBase64(file).replace(/(?<=,.*)[+/=]/g, encodeURIComponent)}"/>`],
    ['that is not in base64', (file: Buffer) => `<image href="data:image/jpeg,${[...file].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')}"/>`],
    ['under the name of another format', (file: Buffer) => `<image href="${inBase64(file, 'png')}"/>`],
    ['in a style', (file: Buffer) => `<rect style="fill:url('${inBase64(file)}')"/>`],
    ['in a style sheet', (file: Buffer) => `<style>rect{background:url(${inBase64(file)})}</style>`],
    ['in a filter', (file: Buffer) => `<filter id="f"><feImage href="${inBase64(file)}"/></filter>`],
  ])('loses it %s, too', async (_what, inside) => {
    const { text, changed, removed } = await cleanSvg(svg(inside(await photo())), 'strip');
    expect([changed, removed]).toEqual([true, expect.arrayContaining(['location', 'exif'])]);
    expect([pictures(text).length, told(pictures(text))]).toEqual([1, []]);
  });

  test('goes where what it tells cannot be taken out of it', async () => {
    const file = await photo();
    const odd = [file.subarray(0, file.length - 300), Buffer.concat([file.subarray(0, 2), Buffer.from('junk'), file.subarray(2)]), Buffer.from('BM, or something else')];
    for (const bytes of odd) {
      const { text, removed } = await cleanSvg(svg(`<image href="${inBase64(bytes)}"/><rect fill="url(${inBase64(bytes)})"/><text>x</text>`), 'strip');
      expect([text, removed]).toEqual([svg('<image/><rect fill="none"/><text>x</text>'), ['other']]);
    }
  });

  test('stays as it is without anything to take out, and where what it tells is to be kept', async () => {
    expect(await cleanSvg(svg(`<image href="${inBase64(await painted(sharp, 3).jpeg().toBuffer())}"/>`), 'strip')).toMatchObject({ changed: false, removed: [] });
    const kept = svg(`<image href="${inBase64(await photo())}"/>`);
    expect(await cleanSvg(kept, 'keep')).toMatchObject({ text: kept, changed: false, removed: [] });
  });
});

describe('a style that fetches', () => {
  const AWAY = 'https://a.example/x';
  const hidden: readonly (readonly [string, string])[] = [
    ['by an escape', `fill:u\\72l(${AWAY})`],
    ['by a long escape', `fill:\\000075rl(${AWAY})`],
    ['by an escape and a line end', `fill:\\75&#13;&#10;rl(${AWAY})`],
    ['by an escaped letter', `fill:ur\\l(${AWAY})`],
    ['by an escape in another name', `background:i\\6d age-set('${AWAY}' 1x)`],
    ['by a comment within a name', `fill:ur/**/l(${AWAY})`],
    ['behind a comment that seems to hold an own address', `/*url(#*/fill:url(${AWAY})`],
    ['behind a comment that seems to hold own data', `/*url(data:image/png;base64,*/fill:url(${AWAY})`],
    ['behind a text', `content:'url(#';fill:url(${AWAY})`],
    ['behind a text with a comment in it', `content:'/*';fill:url(${AWAY});content:'*/'`],
    ['by a comment in its way', `behavior/**/:url/**/(${AWAY})`],
    ['by a function of its own', `background:image('${AWAY}')`],
    ['by an import', `@import '${AWAY}';`],
    ['by an import next to a comment', `@import/**/'${AWAY}';`],
    ['by an escaped import', `@\\69mport '${AWAY}';`],
  ];

  test.each(hidden)('loses it, hidden %s', async (_what, style) => {
    const quoted = style.replaceAll('"', '&quot;');
    for (const inside of [`<rect style="${quoted}"/>`, `<rect fill="${quoted}"/>`, `<style>${style}</style>`, `<style><![CDATA[${style.replace('&#13;&#10;', '\r\n')}]]></style>`]) {
      const { text, changed, removed } = await cleanSvg(svg(inside), 'keep');
      expect([inside, text.includes('a.example'), changed, removed]).toEqual([inside, false, true, ['link']]);
    }
  });

  test.each([
    ['a comment', "@<!-- -->import '/e.css';", ['comment', 'link']],
    ['an instruction', "@<?x y?>import '/e.css';", ['link', 'other']],
    ['a part that is read as it is', "@<![CDATA[import '/e.css';]]>", ['link']],
    ['an element', "@<g/>import '/e.css';", ['content', 'link']],
    ['an element with a text of its own', "@<g>x</g>import '/e.css';", ['content', 'link']],
    ['a script', "@<script>x</script>import '/e.css';", ['link', 'script']],
    ['an element in an address', '@font-face{font-family:ff;src:u<g/>rl(/e)}', ['content', 'link']],
    ['nothing, but for white space that the reader loses', "g{x:y<![CDATA[]]> image('/e.png')}", ['link']],
    ['all of them', "@<!-- --><![CDATA[im]]><?x y?><g/>port '/e.css';", ['comment', 'content', 'link', 'other']],
  ])('loses it from a style sheet whose words are split by %s', async (_what, style, parts) => {
    for (const tag of ['style', 'svg:style']) {
      const { text, changed, removed } = await cleanSvg(svg(`<g xmlns:svg="http://www.w3.org/2000/svg"/><${tag}>${style}rect{fill:red}</${tag}>`).replace('<svg ', '<svg xmlns:svg="http://www.w3.org/2000/svg" '), 'strip');
      expect([changed, [...removed].sort()]).toEqual([true, parts]);
      expect(text).not.toContain('/e');
    }
  });

  test('keeps the rest of such a style sheet, and tells of no link where it loses none', async () => {
    expect((await cleanSvg(svg("<style>@<g/>import '/e.css';rect{fill:<!-- -->red}</style>"), 'strip')).text).toBe(svg('<style>rect{fill:red}</style>'));
    const { text, removed } = await cleanSvg(svg('<style>a{fill:<!-- by hand -->red}<![CDATA[g>a{fill:blue}]]><?x y?></style>'), 'strip');
    expect([text, [...removed].sort()]).toEqual([svg('<style>a{fill:red}<![CDATA[g>a{fill:blue}]]></style>'), ['comment', 'other']]);
    const usual = svg('<style type="text/css">\n<![CDATA[\ng>a{fill:url(#a)}\n]]>\n</style>');
    expect(await cleanSvg(usual, 'strip')).toMatchObject({ changed: false, removed: [] });
  });

  test('keeps what it draws by', async () => {
    const style = "/* by hand */ fill:url(#a);filter:url('#b');font-family:'a b'";
    const kept = svg(`<rect style="${style}"/><style>rect{${style}}</style><rect fill="url( #a )" mask="url(&quot;#c&quot;)"/>`);
    expect(await cleanSvg(kept, 'keep')).toMatchObject({ changed: false, removed: [] });
  });
});

describe('what programs note on the parts of a drawing', () => {
  test('goes, but for what its style sheet chooses by, and what is read of it stays', async () => {
    const { text, removed } = await cleanSvg(svg('<title>A plan</title><desc>Of a house</desc><style>g[data-look=bold]{fill:red}</style><g data-look="bold" data-author="Somebody"/>'), 'strip');
    expect([text, removed]).toEqual([svg('<title>A plan</title><desc>Of a house</desc><style>g[data-look=bold]{fill:red}</style><g data-look="bold"/>'), ['other']]);
  });
});

describe('a drawing whose letters are written as numbers', () => {
  test('is cleaned however many there are, and keeps every one of them and what is no letter', async () => {
    const words = (letter: string): string => `<text>${letter.repeat(2000)} &#60;&#38;&amp; &#10;</text><desc><![CDATA[&#x4e2d;]]></desc>`;
    const { text, removed } = await cleanSvg(svg(`<g onclick="&#97;lert()"/>${words('&#x4e2d;&#25991;')}`), 'keep');
    expect([text, removed]).toEqual([svg(`<g/>${words('中文').replace('&#60;&#38;&amp; &#10;', '&lt;&amp;&amp; \n')}`), ['handler']]);
    expect(await cleanSvg(svg(words('&#x4e2d;')), 'keep')).toMatchObject({ changed: false, removed: [] });
  });
});
