import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Settings } from '../model/settings';
import { encodeAddress, escapeMarkdown } from './escaping';
import { checkTemplate, formatLink, joinLinks, linkOf, type LinkSubject } from './index';

const subject = (part: Partial<LinkSubject>): LinkSubject => ({
  url: 'https://h.example/i/a.png',
  name: 'a.png',
  kind: 'image',
  width: 3,
  height: 2,
  accountName: 'blog',
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
    const template = '{{{url}}} {filename}|{name}|{ext}|{alt}|{width}x{height}|{host}|{account}|{date:YYYY/MM/DD HH:mm:ss}|{date}';
    expect(checkTemplate(template)).toBeNull();
    expect(formatLink(subject({ name: 'a[1].tar.gz' }), 'custom', template)).toBe(
      '{https://h.example/i/a.png} a[1].tar.gz|a[1].tar|gz|a\\[1\\].tar|3x2|h.example|blog|2026/01/31 09:05:07|2026-01-31',
    );
    expect(formatLink(subject({ width: null, name: '.hidden' }), 'custom', '{url}{width}{ext}{name}')).toBe('https://h.example/i/a.png.hidden');
  });

  it('says what is wrong with a template, and where', () => {
    expect(checkTemplate('{url} {nmae}')).toEqual({ type: 'unknown-placeholder', text: '{nmae}', at: 6 });
    expect(checkTemplate('{url:x}')).toEqual({ type: 'unknown-placeholder', text: '{url:x}', at: 0 });
    expect(checkTemplate('{url} {name')).toEqual({ type: 'unclosed-brace', text: '{', at: 6 });
    expect(checkTemplate('markdwon')).toEqual({ type: 'no-url', text: 'markdwon', at: 0 });
    fc.assert(fc.property(fc.string(), (template) => void expect(typeof formatLink(subject({}), 'custom', template)).toBe('string')));
  });

  it('chooses the format by the kind of file and joins links line by line in order', () => {
    const settings = Settings.parse({ videoFormat: 'html' });
    const video = subject({ kind: 'video', name: 'v.mp4', url: 'https://h.example/v.mp4' });
    expect(linkOf(video, settings)).toBe('<video controls src="https://h.example/v.mp4" title="v"></video>');
    expect(joinLinks([subject({}), video], settings)).toBe('![a](https://h.example/i/a.png)\n<video controls src="https://h.example/v.mp4" title="v"></video>');
    expect(joinLinks([subject({}), video], settings, 'url')).toBe('https://h.example/i/a.png\nhttps://h.example/v.mp4');
  });
});
