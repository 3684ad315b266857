import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Settings } from '../model/settings';
import { encodeAddress, escapeMarkdown } from './escaping';
import { albumNames, checkTemplate, formatLink, joinLinks, linkIn, linkOf, placeholders, SEPARATORS, type LinkSubject } from './index';

const subject = (part: Partial<LinkSubject>): LinkSubject => ({
  url: 'https://h.example/i/a.png',
  name: 'a.png',
  kind: 'image',
  width: 3,
  height: 2,
  accountId: 'a1',
  accountName: 'blog',
  album: 'Trips',
  sha256: 'abcdef0123456789',
  uploadedAt: new Date(2026, 0, 31, 9, 5, 7).getTime(),
  ...part,
});

/** A strict reader of one Markdown image or link: brackets without escape end it, the address ends at the first parenthesis. */
function readMarkdown(text: string): { readonly image: boolean; readonly label: string; readonly url: string } {
  const image = text.startsWith('!');
  let at = image ? 1 : 0;
  expect(text[at]).toBe('[');
  let label = '';
  for (at += 1; text[at] !== ']'; at += 1) {
    expect(at).toBeLessThan(text.length);
    expect(text[at]).not.toMatch(/[[`<\n]/);
    if (text[at] === '\\') at += 1;
    label += text[at];
  }
  const url = /^\]\(([^\s()<>\\]*)\)$/.exec(text.slice(at))?.[1];
  expect(url).toBeDefined();
  return { image, label, url: url ?? '' };
}

const shown = (name: string): string => name.replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();

describe('links', () => {
  it('writes Markdown that reads back to the same name and address, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string({ unit: 'binary' }), (name, path) => {
        const url = `https://h.example/${path}`;
        const read = readMarkdown(formatLink(subject({ name: `${name}.png`, url }), 'markdown', ''));
        expect(read).toEqual({ image: true, label: shown(name), url: encodeAddress(url) });
      }),
    );
  });

  it('encodes an address once only, and leaves a plain one alone', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void expect(encodeAddress(encodeAddress(text))).toBe(encodeAddress(text))));
    expect(encodeAddress('https://h.example/a%20b/c.png?x=1&y=2#z')).toBe('https://h.example/a%20b/c.png?x=1&y=2#z');
    expect(encodeAddress('http://[::1]:8080/图 (1)[a].png')).toBe('http://[::1]:8080/%E5%9B%BE%20%281%29%5Ba%5D.png');
  });

  it('keeps the underscore inside words and escapes what would start markup', () => {
    expect(escapeMarkdown('my_file [1]')).toBe('my_file \\[1\\]');
    expect(escapeMarkdown('_a_ &amp; *b*\nc')).toBe('\\_a\\_ \\&amp; \\*b\\* c');
  });

  it('writes each format for pictures, videos and other files', () => {
    const all = (kind: LinkSubject['kind']): readonly string[] =>
      (['url', 'markdown', 'html', 'bbcode'] as const).map((format) => formatLink(subject({ kind, name: 'a "b".mp4', url: 'https://h.example/a?b=1&c=2' }), format, ''));
    expect(all('image')).toEqual([
      'https://h.example/a?b=1&c=2',
      '![a "b"](https://h.example/a?b=1&c=2)',
      '<img src="https://h.example/a?b=1&amp;c=2" alt="a &quot;b&quot;">',
      '[img]https://h.example/a?b=1&c=2[/img]',
    ]);
    expect(all('video').slice(1)).toEqual([
      '[a "b"](https://h.example/a?b=1&c=2)',
      '<video controls src="https://h.example/a?b=1&amp;c=2" title="a &quot;b&quot;"></video>',
      '[video]https://h.example/a?b=1&c=2[/video]',
    ]);
    expect(all('other').slice(2)).toEqual(['<a href="https://h.example/a?b=1&amp;c=2">a &quot;b&quot;</a>', '[url=https://h.example/a?b=1&c=2]a "b"[/url]']);
  });

  it('lets no name out of its HTML attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(formatLink(subject({ name: `${name}.png` }), 'html', '')).toMatch(/^<img src="[^"<>]*" alt="[^"<>]*">$/u);
      }),
    );
  });

  it('fills in every placeholder of a template and turns doubled braces into plain ones', () => {
    const template = '{{{url}}} {filename}|{name}|{ext}|{alt}|{width}x{height}|{host}|{account}|{album}|{hash:6}|{date:YYYY/MM/DD HH:mm:ss}|{date}';
    expect(checkTemplate(template)).toBeNull();
    expect(formatLink(subject({ name: 'a[1].tar.gz' }), 'custom', template)).toBe(
      '{https://h.example/i/a.png} a[1].tar.gz|a[1].tar|gz|a\\[1\\].tar|3x2|h.example|blog|Trips|abcdef|2026/01/31 09:05:07|2026-01-31',
    );
    expect(formatLink(subject({ width: null, name: '.hidden' }), 'custom', '{url}{width}{ext}{name}')).toBe('https://h.example/i/a.png.hidden');
  });

  it('says what is wrong with a template, where, and what was probably meant', () => {
    const said = (template: string) => {
      const { type, text, at, near } = checkTemplate(template) ?? {};
      return [type, text, at, near];
    };
    expect(said('{url} {nmae}')).toEqual(['unknown-placeholder', '{nmae}', 6, 'name']);
    expect(said('{URL}')).toEqual(['unknown-placeholder', '{URL}', 0, 'url']);
    expect(said('{url} {weather}')).toEqual(['unknown-placeholder', '{weather}', 6, null]);
    expect(said('{url:x}')).toEqual(['no-argument', '{url:x}', 0, 'url']);
    expect(said('{url} {date:today}')).toEqual(['bad-date', '{date:today}', 6, 'date']);
    expect(said('{url} {hash:65}')).toEqual(['bad-length', '{hash:65}', 6, 'hash']);
    expect(said('{url} {name')).toEqual(['unclosed-brace', '{', 6, null]);
    expect(said('![$fileName]($url)')).toEqual(['dollar-words', '$fileName', 2, 'name']);
    expect(said('markdwon')).toEqual(['no-url', 'markdwon', 0, 'url']);
  });

  it('objects to no template made of its own placeholders, and makes some text of any other', () => {
    const piece = fc.oneof(fc.constantFrom(...placeholders.map((name) => `{${name}}`), '{{', '}}', '{date:HHmm}', '{hash:12}'), fc.stringMatching(/^[^{}]*$/));
    fc.assert(fc.property(fc.array(piece), (pieces) => void expect(checkTemplate(`${pieces.join('')}{url}`)).toBeNull()));
    fc.assert(fc.property(fc.string(), (template) => void expect(typeof formatLink(subject({}), 'custom', template)).toBe('string')));
  });

  it('leaves an address as the host gave it where that is wished, but lets it break no format', () => {
    const url = 'https://h.example/图 (1)[a]"\'<b>.png';
    const plain = Settings.parse({ encodeLinks: false, customTemplate: '<{url}>' });
    const all = (['url', 'markdown', 'html', 'bbcode', 'custom'] as const).map((format) => linkIn(subject({ url }), format, plain));
    expect(all).toEqual([
      url,
      '![a](https://h.example/图%20%281%29[a]"\'%3Cb%3E.png)',
      '<img src="https://h.example/图%20(1)[a]&quot;&#39;&lt;b&gt;.png" alt="a">',
      '[img]https://h.example/图%20(1)%5Ba%5D"\'<b>.png[/img]',
      `<${url}>`,
    ]);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (path) => {
        const any = subject({ url: `https://h.example/${path}` });
        readMarkdown(linkIn(any, 'markdown', plain));
        expect(linkIn(any, 'html', plain)).toMatch(/^<img src="[^"<>\s]*" alt="a">$/u);
        expect(linkIn(any, 'bbcode', plain)).toMatch(/^\[img\][^[\]\s]*\[\/img\]$/u);
        expect(linkIn(any, 'url', plain)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  it('changes no address that has nothing to encode, encoded or not', () => {
    fc.assert(
      fc.property(fc.webUrl(), fc.boolean(), (url, encodeLinks) => {
        const safe = url.replace(/['()]/g, '');
        expect(linkIn(subject({ url: safe }), 'url', Settings.parse({ encodeLinks }))).toBe(safe);
      }),
    );
  });

  it("names the host's album before the library's own, and asks for names once and only when one is wanted", () => {
    let asked = 0;
    const albumOf = albumNames(() => {
      asked += 1;
      return [
        { accountId: 'a1', id: '5', name: 'Blog' },
        { accountId: null, id: '5', name: 'Own' },
      ];
    });
    expect([albumOf({ accountId: 'a1', albumId: null, localAlbumId: null }), asked]).toEqual([null, 0]);
    expect(albumOf({ accountId: 'a1', albumId: '5', localAlbumId: '5' })).toBe('Blog');
    expect(albumOf({ accountId: 'a2', albumId: null, localAlbumId: '5' })).toBe('Own');
    expect([albumOf({ accountId: 'a2', albumId: '9', localAlbumId: null }), asked]).toEqual(['9', 1]);
  });

  it('puts what the person wants between links, for every number of them', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.constantFrom('line', 'blank-line', 'space', 'comma'), (count, linkSeparator) => {
        const subjects = Array.from({ length: count }, (_, index) => subject({ url: `https://h.example/${index}.png` }));
        const text = joinLinks(subjects, Settings.parse({ linkSeparator, linkFormat: 'url' }));
        expect(count === 0 ? [] : text.split(SEPARATORS[linkSeparator])).toEqual(subjects.map(({ url }) => url));
      }),
    );
  });

  it('chooses the format by the kind of file and joins links line by line in order', () => {
    const settings = Settings.parse({ videoFormat: 'html' });
    const video = subject({ kind: 'video', name: 'v.mp4', url: 'https://h.example/v.mp4' });
    expect(linkOf(video, settings)).toBe('<video controls src="https://h.example/v.mp4" title="v"></video>');
    expect(joinLinks([subject({}), video], settings)).toBe('![a](https://h.example/i/a.png)\n<video controls src="https://h.example/v.mp4" title="v"></video>');
    expect(joinLinks([subject({}), video], settings, 'url')).toBe('https://h.example/i/a.png\nhttps://h.example/v.mp4');
  });
});
