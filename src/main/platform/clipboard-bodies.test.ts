import { expect, test } from 'vitest';
import { createClipboardPort, pathsOfUriList, type LegacyClipboard, type ModernClipboard } from './clipboard-bodies';

type Content = { readonly uris?: string; readonly png?: Uint8Array; readonly text?: string };
const PNG = new Uint8Array([137, 80, 78, 71]);

/** The clipboard of Electron 43 and older. */
const legacy = ({ uris = '', png, text = '' }: Content): LegacyClipboard & { written: string } => ({
  written: '',
  readImage: () => ({ isEmpty: () => png === undefined, toPNG: () => png ?? new Uint8Array() }),
  read: (format) => (format === 'text/uri-list' ? uris : ''),
  readBuffer: () => new Uint8Array(),
  readText: () => text,
  writeText(value) {
    this.written = value;
  },
});

/** The clipboard since Electron 44, typed from its own declarations. */
const modern = ({ uris, png, text = '' }: Content): ModernClipboard & { written: string } => {
  const parts: Record<string, Blob> = {
    ...(uris === undefined ? {} : { 'text/uri-list': new Blob([uris]) }),
    ...(png === undefined ? {} : { 'image/png': new Blob([png as Uint8Array<ArrayBuffer>]) }),
  };
  const item = {
    types: Object.keys(parts),
    getType: async (type: string) => {
      const part = parts[type];
      if (part === undefined) throw new Error('NotFoundError');
      return part;
    },
  } as unknown as Electron.ClipboardItem;
  return {
    written: '',
    read: async () => [item],
    readText: async () => text,
    async writeText(value) {
      this.written = value;
    },
  };
};

for (const [name, make] of [['old', legacy], ['new', modern]] as const) {
  test(`reads copied files from the ${name} clipboard`, async () => {
    const port = createClipboardPort(make({ uris: 'file:///home/me/a%20b.png\r\nfile:///home/me/%E6%B8%A1.gif\r\n' }));
    expect(await port.readFiles()).toEqual(['/home/me/a b.png', '/home/me/渡.gif']);
  });

  test(`reads a picture from the ${name} clipboard as bytes`, async () => {
    const port = createClipboardPort(make({ png: PNG }));
    expect(await port.readFiles()).toEqual([]);
    expect(Uint8Array.from((await port.readPng()) ?? [])).toEqual(PNG);
  });

  test(`finds neither files nor a picture in text on the ${name} clipboard`, async () => {
    const port = createClipboardPort(make({ text: 'https://a.example/x.png' }));
    expect([await port.readFiles(), await port.readPng(), await port.readText()]).toEqual([[], null, 'https://a.example/x.png']);
  });

  test(`writes text to the ${name} clipboard`, async () => {
    const clipboard = make({});
    await createClipboardPort(clipboard).writeText('link');
    expect(clipboard.written).toBe('link');
  });
}

test('leaves out what is no local file', () => {
  expect(pathsOfUriList('copy\nfile:///a.png\n# note\nhttps://x.example/b.png\nfile://server/share\nfile:///c%00.png')).toContain('/a.png');
  expect(pathsOfUriList('https://x.example/b.png')).toEqual([]);
});
