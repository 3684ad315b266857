import { expect, test } from 'vitest';
import type { CallInput, CallName, CallOutput, Client } from '../bridge';
import { countIntake, documentsIn, hasPaths, isEmptyIntake, readIntake, sendIntake, type Intake } from './intake';

const named = (name: string): File => Object.assign(new Blob([name]), { name, lastModified: 0, webkitRelativePath: '' });
const transfer = (files: readonly File[], texts: Readonly<Record<string, string>> = {}) => ({
  files: files as unknown as FileList,
  getData: (type: string): string => texts[type] ?? '',
});
const pathOf = (file: File): string => (file.name.startsWith('loose') ? '' : `/pictures/${file.name}`);
const read = (held: ReturnType<typeof transfer>): Promise<Intake> => readIntake(held, { pathOf, turn: () => Promise.resolve() });

/** A client that notes its calls and answers each with one job. */
const notingClient = () => {
  const calls: { readonly name: string; readonly input: unknown }[] = [];
  const client: Pick<Client, 'call'> = {
    call: async <K extends CallName>(name: K, input: CallInput<K>): Promise<CallOutput<K>> => {
      calls.push({ name, input });
      const held = input as { readonly paths?: readonly unknown[]; readonly files?: readonly unknown[] };
      const answer: unknown = { jobIds: (held.paths ?? held.files ?? ['one']).map((_, index) => `job-${String(index)}`) };
      return Promise.resolve(answer as CallOutput<K>);
    },
  };
  return { client, calls };
};

test('takes files with a path by their path and the others by their bytes, in their order', async () => {
  const loose = named('loose.png');
  expect(await read(transfer([named('b.png'), loose, named('a.png')]))).toEqual({ paths: ['/pictures/b.png', '/pictures/a.png'], loose: [loose], url: null });
});

test('prefers the files when a page offers its picture as file and as address', async () => {
  const intake = await read(transfer([named('loose.png')], { 'text/uri-list': 'https://pic.example.com/a.png' }));
  expect(intake.url).toBeNull();
  expect(intake.loose).toHaveLength(1);
});

test('takes the first web address of a list, past its comments', async () => {
  expect((await read(transfer([], { 'text/uri-list': '# from a page\r\n https://pic.example.com/a.png \r\nhttps://pic.example.com/b.png' }))).url).toBe(
    'https://pic.example.com/a.png',
  );
});

test('takes an address that was copied as plain text', async () => {
  expect((await read(transfer([], { 'text/plain': 'http://pic.example.com/a.png' }))).url).toBe('http://pic.example.com/a.png');
});

test.each(['just some words', 'see https://pic.example.com/a.png', 'file:///etc/hosts', `https://pic.example.com/${'a'.repeat(4000)}`, ''])(
  'takes nothing from a text that is no web address (%#)',
  async (text) => {
    expect(isEmptyIntake(await read(transfer([], { 'text/plain': text })))).toBe(true);
  },
);

test('tells copied files from a picture that a page was given for what lies on the clipboard', () => {
  expect([[named('loose.png'), named('a.png')], [named('loose.png')], []].map((files) => hasPaths(transfer(files), pathOf))).toEqual([true, false, false]);
});

test('counts pictures, videos and the rest of what hangs over the window', () => {
  const file = (type: string) => ({ kind: 'file', type });
  expect(countIntake([file('image/png'), file('image/webp'), file('video/mp4'), file(''), file('application/json'), { kind: 'string', type: 'text/uri-list' }])).toEqual({
    images: 2,
    videos: 1,
    json: 1,
    others: 1,
    link: false,
  });
});

test('counts an address only when no file hangs there', () => {
  expect(countIntake([{ kind: 'string', type: 'text/uri-list' }])).toEqual({ images: 0, videos: 0, json: 0, others: 0, link: true });
});

test('tells JSON files that have a path, and whether nothing else was dropped', () => {
  expect(documentsIn(transfer([named('a.png'), named('b.JSON'), named('loose.json')]), pathOf)).toEqual({ paths: ['/pictures/b.JSON'], all: false });
  expect(documentsIn(transfer([named('b.json'), named('c.json')]), pathOf)).toEqual({ paths: ['/pictures/b.json', '/pictures/c.json'], all: true });
  expect(documentsIn(transfer([]), pathOf)).toEqual({ paths: [], all: false });
});

test('hands over paths, then all bytes as one batch, then the address, each with the target', async () => {
  const { client, calls } = notingClient();
  const target = { accountId: 'blog', albumId: 'a1' };
  const intake: Intake = { paths: ['/a.png', '/b.png'], loose: [named('loose.png'), named('other.png')], url: 'https://pic.example.com/c.png' };
  expect(await sendIntake(client, intake, target)).toBe(5);
  expect(calls).toEqual([
    { name: 'queue:add-paths', input: { paths: ['/a.png', '/b.png'], target } },
    { name: 'queue:add-bytes', input: { files: ['loose.png', 'other.png'].map((name) => ({ name, bytes: new TextEncoder().encode(name) })), target } },
    { name: 'queue:add-url', input: { url: 'https://pic.example.com/c.png', target } },
  ]);
});

test('hands over more than ten thousand paths in steps that lose none', async () => {
  const { client, calls } = notingClient();
  const many = Array.from({ length: 10_001 }, (_, index) => `/p/${String(index)}.png`);
  expect(await sendIntake(client, { paths: many, loose: [], url: null }, {})).toBe(many.length);
  expect(calls.flatMap(({ input }) => (input as { readonly paths: readonly string[] }).paths)).toEqual(many);
});

test('finds the paths of a large drop in portions, and all of them in their order', async () => {
  const names = Array.from({ length: 1001 }, (_, index) => `${String(index)}.png`);
  let asked = 0;
  const portions: number[] = [];
  const found = await readIntake(transfer(names.map(named)), {
    pathOf: (file) => {
      asked += 1;
      return pathOf(file);
    },
    turn: () => {
      portions.push(asked);
      return Promise.resolve();
    },
  });
  expect(found.paths).toEqual(names.map((name) => `/pictures/${name}`));
  expect(portions).toEqual([250, 500, 750, 1000]);
});
