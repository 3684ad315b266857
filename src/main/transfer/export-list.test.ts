import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTransferWorld, invented, type TransferWorld } from '../../../test/transfer/transfer-world';

let world: TransferWorld;
beforeEach(async () => {
  world = await createTransferWorld();
});
afterEach(() => world.close());

/** Reads comma-separated values the way RFC 4180 writes them. */
const cells = (text: string): readonly (readonly string[])[] => {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '\r\n') rows.push([]);
    if (end === '') break;
  }
  return rows.filter((row) => row.length > 1);
};

it('writes a table that a spreadsheet reads and runs nothing of, in the order of the selection, without delete links', async () => {
  const uploads = [
    invented({ name: '=HYPERLINK("http://evil.example.com")', note: 'two\nlines, "quoted"', tags: ['旅行', '@home'] }),
    invented({ name: '图片.png', url: null, remoteId: null, remoteState: 'deleted' }),
    invented({ name: '-1+1.png', note: '\tcmd' }),
  ];
  world.library.addMany(uploads);
  const [first, second, third] = uploads.map(({ id }) => id) as [string, string, string];
  world.albums.create('夏天', { ids: [first] });
  const path = world.file('list.csv');
  expect(await world.transfer.exportList(path, { ids: [third, first, second] }, 'csv')).toEqual({ uploads: 3 });
  const text = readFileSync(path, 'utf8');
  expect(text.startsWith('\uFEFFname,url,markdown,account,')).toBe(true);
  expect(text).not.toContain('canary-link');
  const [head = [], ...rows] = cells(text.slice(1));
  const named = rows.map((row) => Object.fromEntries(head.map((name, index) => [name, row[index]])));
  expect(named).toMatchObject([
    { name: "'-1+1.png", note: "'\tcmd", url: uploads[2]?.url, album: '' },
    { name: `'=HYPERLINK("http://evil.example.com")`, note: 'two\nlines, "quoted"', tags: '旅行, @home', album: '夏天', host: 'chevereto', width: '3', state: 'online', uploaded_at: new Date(uploads[0]?.uploadedAt ?? 0).toISOString() },
    { name: '图片.png', url: '', markdown: '', state: 'deleted' },
  ]);
});

it('writes one Markdown link on a line, and names what has no address', async () => {
  const uploads = [invented({ name: 'a [b].png', url: 'https://img.example.com/a b.png' }), invented({ name: 'gone\nfar.png', url: null, remoteId: null }), invented({ name: 'film.mp4', kind: 'video' })];
  world.library.addMany(uploads);
  const path = world.file('list.md');
  await world.transfer.exportList(path, { ids: uploads.map(({ id }) => id) }, 'markdown');
  expect(readFileSync(path, 'utf8')).toBe(`- ![a \\[b\\]](https://img.example.com/a%20b.png)\n- gone far.png\n- [film](${uploads[2]?.url ?? ''})\n`);
});
