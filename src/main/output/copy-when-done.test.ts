import { expect, test } from 'vitest';
import type { BatchResult } from '../../shared/model/job';
import { Settings } from '../../shared/model/settings';
import { createOutput, type Copied } from './copy-when-done';

const result = (part: Partial<BatchResult>): BatchResult => ({
  file: '/home/me/a b.png',
  jobId: 'j',
  state: 'done',
  uploadId: null,
  url: 'https://h.example/a.png',
  width: 1,
  height: 1,
  bytes: 1,
  kind: 'image',
  accountId: 'h',
  accountName: 'h',
  onlyThisComputer: false,
  duplicate: false,
  problem: null,
  report: null,
  ...part,
});

const bench = (settings: Partial<Settings> = {}) => {
  const written: string[] = [];
  const said: Copied[] = [];
  const output = createOutput({
    settings: () => Settings.parse(settings),
    upload: () => undefined,
    albums: () => [],
    writeText: async (text) => void written.push(text),
    onCopied: (copied) => void said.push(copied),
    now: () => 1,
  });
  return { output, written, said };
};

test('copies the links of the successes in the order of the inputs and counts the rest', async () => {
  const { output, written, said } = bench();
  await output({
    origin: 'window',
    format: null,
    results: [
      result({ url: 'https://h.example/1.png' }),
      result({ state: 'failed', url: null }),
      result({ url: 'https://h.example/2.mp4', kind: 'video', file: 'C.mp4' }),
      result({ state: 'unknown', url: null }),
      result({ url: 'https://h.example/3.png', duplicate: true }),
    ],
  });
  expect(written).toEqual(['![a b](https://h.example/1.png)\n[C](https://h.example/2.mp4)\n![a b](https://h.example/3.png)']);
  expect(said).toMatchObject([{ links: 3, failed: 2 }]);
});

test('names a link after the file just given, though the library knows the picture under another name', async () => {
  const { output, written } = bench();
  await output({ origin: 'window', format: null, results: [result({ uploadId: 'u', duplicate: true, file: '/home/me/图 片.png' })] });
  expect(written).toEqual(['![图 片](https://h.example/a.png)']);
});

test('copies what was started from elsewhere although the window is told not to copy, in the format asked for', async () => {
  const { output, written } = bench({ copyWhenDone: false, linkSeparator: 'comma' });
  const copied = await output({ origin: 'anywhere', format: 'bbcode', results: [result({}), result({ url: 'https://h.example/2.png' })] });
  expect(written).toEqual(['[img]https://h.example/a.png[/img], [img]https://h.example/2.png[/img]']);
  expect(copied).toEqual({ links: 2, failed: 0, text: written[0] });
});

test("gives each link the format of its own account", async () => {
  const own = { linkFormat: 'custom', customTemplate: '{url} {account}', videoFormat: 'url', customVideoTemplate: '{url}' } as const;
  const { output, written } = bench({ accountLinks: { b: own } });
  const results = [result({}), result({ accountId: 'b', accountName: 'B' }), result({ accountId: 'b', kind: 'video', url: 'https://h.example/v.mp4' })];
  await output({ origin: 'window', format: null, results });
  await output({ origin: 'anywhere', format: 'custom', results: results.slice(0, 2) });
  expect(written).toEqual([
    '![a b](https://h.example/a.png)\nhttps://h.example/a.png B\nhttps://h.example/v.mp4',
    '![a b](https://h.example/a.png)\nhttps://h.example/a.png B',
  ]);
});

test('leaves the clipboard alone when nothing succeeded, when told so, and for commands', async () => {
  const { output, written } = bench();
  await output({ origin: 'window', format: null, results: [result({ state: 'failed', url: null })] });
  await output({ origin: 'cli', format: null, results: [result({})] });
  const off = bench({ copyWhenDone: false });
  await off.output({ origin: 'window', format: null, results: [result({})] });
  expect([...written, ...off.written]).toEqual([]);
});

test('says nothing was copied when the clipboard refuses', async () => {
  const said: Copied[] = [];
  const output = createOutput({
    settings: () => Settings.parse({}),
    upload: () => undefined,
    albums: () => [],
    writeText: () => Promise.reject(new Error('no clipboard')),
    onCopied: (copied) => void said.push(copied),
    now: () => 1,
  });
  await expect(output({ origin: 'window', format: null, results: [result({})] })).rejects.toThrow('no clipboard');
  expect(said).toEqual([]);
});
