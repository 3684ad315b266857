import { expect, test } from 'vitest';
import { createClipboardPort, pathsOfPropertyList, pathsOfUriList, type ClipboardParts, type LegacyClipboard, type ModernClipboard } from './clipboard-bodies';
import type { ClipboardPort } from './ports';

/** What other programs offer, by the system's own name of the format. */
type Offered = Readonly<Record<string, Uint8Array | string>>;
type Bench = { readonly port: ClipboardPort; readonly holds: () => Readonly<Record<string, Uint8Array>> };

const PNG = new Uint8Array([137, 80, 78, 71, 13, 10]);
const GIF = Buffer.from('GIF89a moving');
const bytesOf = (value: Uint8Array | string | undefined): Uint8Array => (value === undefined ? new Uint8Array() : Uint8Array.from(Buffer.from(value as string)));
const textOf = (value: Uint8Array | string | undefined): string => Buffer.from(bytesOf(value)).toString('utf8');

/** The clipboard of Electron 43 and older, as it behaves on Linux: other programs' formats can be read though they are not listed. */
const legacy = (offered: Offered, platform: NodeJS.Platform = 'linux'): Bench => {
  let held: Record<string, Uint8Array | string> = { ...offered };
  const image = (): Uint8Array | string | undefined => held['image/png'] ?? held['image/jpeg'];
  const clipboard: LegacyClipboard<Uint8Array> = {
    availableFormats: () => Object.keys(held).filter((name) => ['text/plain', 'text/html', 'image/png', 'text/uri-list'].includes(name)),
    readImage: () => ({ isEmpty: () => image() === undefined, toPNG: () => bytesOf(image()) }),
    read: (format) => textOf(held[format]),
    readBuffer: (format) => bytesOf(held[format]),
    readHTML: () => textOf(held['text/html']),
    readText: () => textOf(held['text/plain']),
    writeText: (text) => void (held = { 'text/plain': text }),
    write: ({ text, html, image: picture }) =>
      void (held = {
        ...(text === undefined ? {} : { 'text/plain': text }),
        ...(html === undefined ? {} : { 'text/html': html }),
        ...(picture === undefined ? {} : { 'image/png': picture }),
      }),
    writeBuffer: (format, buffer) => void (held = { [format]: buffer }),
  };
  const port = createClipboardPort(clipboard as LegacyClipboard, { platform, owner: async () => 'org.gnome.Screenshot', imageOf: (bytes) => bytes });
  return { port, holds: () => Object.fromEntries(Object.entries(held).map(([name, value]) => [name, bytesOf(value)])) };
};

type FakeItem = { readonly types: readonly string[]; readonly getType: (type: string) => Promise<Blob> };
const itemOf = (parts: Readonly<Record<string, Blob>>): FakeItem => ({
  types: Object.keys(parts),
  getType: async (type) => {
    const part = parts[type];
    if (part === undefined) throw new Error('NotFoundError');
    return part;
  },
});

/** The clipboard since Electron 44, typed from its own declarations: what is no media type of its list has a long name. */
const modern = (offered: Offered, platform: NodeJS.Platform = 'linux'): Bench => {
  const plain = ['text/plain', 'text/html', 'image/png', 'text/uri-list'];
  const named = (name: string): string => (plain.includes(name) ? name : `electron application/osclipboard;format="${name}"`);
  const blobs = (parts: Offered): Record<string, Blob> => Object.fromEntries(Object.entries(parts).map(([name, value]) => [named(name), new Blob([Uint8Array.from(bytesOf(value))])]));
  let item = itemOf(blobs(offered));
  let held: Record<string, Uint8Array> = {};
  const keep = async (next: FakeItem): Promise<void> => {
    item = next;
    const entries = next.types.map(async (type) => [type, new Uint8Array(await (await next.getType(type)).arrayBuffer())] as const);
    held = Object.fromEntries(await Promise.all(entries));
  };
  const clipboard = {
    has: async (type: string) => item.types.includes(type),
    read: async () => [item as unknown as Electron.ClipboardItem],
    readText: async () => (item.types.includes('text/plain') ? (await item.getType('text/plain')).text() : ''),
    write: async ([next]: Electron.ClipboardItem[]) => keep(next as unknown as FakeItem),
    writeText: async (text: string) => keep(itemOf({ 'text/plain': new Blob([text]) })),
  } satisfies ModernClipboard;
  const parts: ClipboardParts = { platform, owner: async () => 'org.gnome.Screenshot', imageOf: () => undefined, item: (made) => itemOf(made) as unknown as Electron.ClipboardItem };
  return { port: createClipboardPort(clipboard, parts), holds: () => held };
};

for (const [name, make] of [['old', legacy], ['new', modern]] as const) {
  test(`names the program that filled the ${name} clipboard where the system tells`, async () => {
    expect(await make({}).port.source()).toBe('Screenshot');
    expect(await make({ 'org.nspasteboard.source': 'com.apple.Preview' }, 'darwin').port.source()).toBe('Preview');
    expect(await make({}, 'darwin').port.source()).toBe('');
    expect(await make({}, 'win32').port.source()).toBe('');
  });

  test(`reads copied files from the ${name} clipboard, in either list that Linux has for them`, async () => {
    const uris = make({ 'text/uri-list': 'file:///home/me/a%20b.png\r\nfile:///home/me/%E6%B8%A1.gif\r\n' });
    expect(await uris.port.readFiles()).toEqual(['/home/me/a b.png', '/home/me/渡.gif']);
    const gnome = make({ 'x-special/gnome-copied-files': 'copy\nfile:///a.png\nfile:///b.png' });
    expect(await gnome.port.readFiles()).toEqual(['/a.png', '/b.png']);
  });

  test(`reads a picture from the ${name} clipboard as bytes`, async () => {
    const { port } = make({ 'image/png': PNG });
    expect(await port.readFiles()).toEqual([]);
    expect(Uint8Array.from((await port.readPng()) ?? [])).toEqual(PNG);
    expect(await port.formats()).toEqual(['image/png']);
  });

  test(`reads a GIF's own bytes from the ${name} clipboard, whatever the system calls the format`, async () => {
    for (const [format, platform] of [['image/gif', 'linux'], ['GIF', 'win32'], ['com.compuserve.gif', 'darwin']] as const) {
      const { port } = make({ [format]: GIF }, platform);
      expect(Buffer.from((await port.readRaw('image/gif')) ?? [])).toEqual(GIF);
      expect(await port.readRaw('image/jpeg')).toBeNull();
    }
  });

  test(`finds neither files nor a picture in text and HTML on the ${name} clipboard`, async () => {
    const { port } = make({ 'text/plain': 'https://a.example/x.png', 'text/html': '<b>x</b>' });
    expect([await port.readFiles(), await port.readPng(), await port.readText(), await port.readHtml()]).toEqual([[], null, 'https://a.example/x.png', '<b>x</b>']);
    const empty = make({});
    expect([await empty.port.formats(), await empty.port.readText(), await empty.port.readHtml()]).toEqual([[], '', '']);
  });

  test(`writes to the ${name} clipboard what can be read from it again`, async () => {
    const { port, holds } = make({});
    await port.writeText('link');
    expect(textOf(holds()['text/plain'])).toBe('link');
    await port.write({ files: [], picture: { mime: 'image/png', bytes: PNG }, html: '<b>x</b>', text: 'x' });
    expect(Uint8Array.from((await port.readPng()) ?? [])).toEqual(PNG);
    expect([await port.readText(), await port.readHtml()]).toEqual(['x', '<b>x</b>']);
    await port.write({ files: ['/home/me/a b.png', '/渡.gif'], picture: null, html: '', text: '' });
    expect(await port.readFiles()).toEqual(['/home/me/a b.png', '/渡.gif']);
    await port.write({ files: [], picture: { mime: 'image/gif', bytes: GIF }, html: '', text: '' });
    expect(Buffer.from((await port.readRaw('image/gif')) ?? [])).toEqual(GIF);
  });
}

test('reads what Finder and Explorer call copied files', async () => {
  const list = '<plist><array><string>/Users/me/a &amp; b.png</string><string>/Users/me/c.gif</string></array></plist>';
  expect(pathsOfPropertyList(list)).toEqual(['/Users/me/a & b.png', '/Users/me/c.gif']);
  expect(await legacy({ NSFilenamesPboardType: list, 'public.file-url': 'file:///Users/me/a.png' }, 'darwin').port.readFiles()).toHaveLength(2);
  expect(await legacy({ 'public.file-url': 'file:///Users/me/a.png' }, 'darwin').port.readFiles()).toEqual(['/Users/me/a.png']);
  expect(await legacy({ FileNameW: Buffer.from('C:\\a.png\0', 'utf16le') }, 'win32').port.readFiles()).toEqual(['C:\\a.png']);
});

test('leaves out what is no local file', () => {
  expect(pathsOfUriList('copy\nfile:///a.png\n# note\nhttps://x.example/b.png\nfile://server/share\nfile:///c%00.png')).toContain('/a.png');
  expect(pathsOfUriList('https://x.example/b.png')).toEqual([]);
});
