import { rmSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { png } from '../../../test/host/pictures';
import type { BatchResult } from '../../shared/model/job';
import { Settings } from '../../shared/model/settings';
import { createOwnClipboard } from '../clipboard';
import type { Note } from '../notifications';
import type { ClipboardPort } from '../platform';
import type { QueueInput } from '../queue';
import { createOffers, createWatchers, type WatchersService } from './index';
import type { ScreenshotPlace } from './screenshot-places';
import { watchClipboard } from './watch-clipboard';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

const realAfter = (ms: number, act: () => void): (() => void) => {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
};

const picture = (): Uint8Array => png(6, 6);
type Held = { formats: readonly string[]; png: Uint8Array | null; text: string };

const memoryClipboard = () => {
  const held: Held = { formats: [], png: null, text: '' };
  const reads = { raw: 0, decoded: 0 };
  const set = (bytes: Uint8Array | null, text = ''): void => void Object.assign(held, { png: bytes, text, formats: [...(bytes === null ? [] : ['image/png']), ...(text === '' ? [] : ['text/plain'])] });
  const port: ClipboardPort = {
    formats: async () => held.formats,
    readFiles: async () => [],
    readRaw: async (mime) => ((reads.raw += 1), mime === 'image/png' ? held.png : null),
    readPng: async () => ((reads.decoded += 1), held.png),
    source: async () => '',
    readHtml: async () => '',
    readText: async () => held.text,
    writeText: async (text) => set(null, text),
    write: async ({ picture: shown, text }) => set(shown?.bytes ?? null, text),
  };
  return { port, set, held, reads };
};

const done = (path: string): BatchResult => ({ file: path, jobId: 'j', state: path.includes('bad') ? 'failed' : 'done', uploadId: null, url: 'http://x/', width: null, height: null, bytes: 1, kind: 'image', accountId: 'a', accountName: 'a', onlyThisComputer: false, duplicate: false, problem: null, report: null });

const bench = async (first: Partial<Settings> = {}, onTrash: (path: string) => void = () => undefined) => {
  const folder = await mkdtemp(join(tmpdir(), 'picferry-watchers-'));
  cleanups.push(() => rm(folder, { recursive: true, force: true }));
  const shots = join(folder, 'shots');
  await mkdir(shots);
  let settings = Settings.parse(first);
  const listeners = new Set<(settings: Settings) => void>();
  const places: ScreenshotPlace[] = [{ path: shots, patterns: [] }];
  const clipboard = memoryClipboard();
  const own = createOwnClipboard({ port: clipboard.port, onFault: () => undefined, now: () => 0 });
  const uploaded: string[][] = [];
  const notes: Note[] = [];
  const faults: unknown[] = [];
  const trashed: string[] = [];
  let timers: { at: number; act: () => void }[] = [];
  let now = Date.now();
  const start = (): WatchersService => {
    const service = createWatchers({
      settings: { current: () => settings, onChange: (listener) => (listeners.add(listener as never), () => listeners.delete(listener as never)) },
      clipboard: own,
      acts: {
        uploadClipboard: async () => (uploaded.push(['clipboard']), { id: 'b', jobIds: [], finished: Promise.resolve([]) }),
        uploadInputs: async (inputs: readonly QueueInput[]) => {
          const paths = inputs.map((input) => (input.type === 'file' ? input.path : ''));
          uploaded.push(paths.map((path) => path.slice(shots.length + 1)));
          return { id: 'b', jobIds: [], finished: Promise.resolve(paths.map(done)) };
        },
        tell: (note) => notes.push(note),
        showWindow: () => undefined,
      },
      findPlaces: async () => places,
      memoryFile: join(folder, 'watched.json'),
      trash: async (path) => {
        rmSync(path);
        onTrash(path);
        trashed.push(path);
      },
      text: (key, params) => `${key}${params === undefined ? '' : JSON.stringify(params)}`,
      problemText: () => '',
      now: () => (now = Math.max(now, Date.now())),
      // An hour passes when a test says so.
      after: (ms, act) => {
        if (ms < 3_600_000) return realAfter(ms, act);
        const timer = { at: now + ms, act };
        timers.push(timer);
        return () => void (timers = timers.filter((other) => other !== timer));
      },
      onFault: (what, error) => faults.push([what, error]),
    });
    cleanups.push(() => service.close());
    return service;
  };
  return {
    folder, shots, places, clipboard, own, uploaded, notes, faults, trashed, start,
    set: (part: Partial<Settings>) => {
      settings = { ...settings, ...part };
      for (const listener of [...listeners]) listener(settings);
    },
    hour: () => timers.splice(0).forEach(({ act }) => act()),
  };
};

const watching = (part: Partial<Settings['screenshotWatcher']> = {}): Partial<Settings> => ({ screenshotWatcher: { ...Settings.parse({}).screenshotWatcher, on: true, act: 'upload', ...part } });
const soon = { timeout: 5000, interval: 30 };

test('uploads screenshots of one moment together, and does with the files what was chosen once their links are there', async () => {
  const { folder, shots, uploaded, trashed, faults, start, set } = await bench(watching({ after: 'trash' }));
  await start().look();
  await Promise.all(['a.png', 'bad.png'].map((name) => writeFile(join(shots, name), picture())));
  await vi.waitFor(() => expect(uploaded.map((names) => [...names].sort())).toEqual([['a.png', 'bad.png']]), soon);
  await vi.waitFor(() => expect(trashed).toEqual([join(shots, 'a.png')]), soon);
  await mkdir(join(folder, 'done'));
  await writeFile(join(folder, 'done', 'c.png'), 'another');
  set(watching({ after: 'move', moveTo: join(folder, 'done') }));
  await writeFile(join(shots, 'c.png'), picture());
  await vi.waitFor(async () => expect((await readdir(join(folder, 'done'))).sort()).toEqual(['c (2).png', 'c.png']), soon);
  expect(await readdir(shots)).toEqual(['bad.png']);
  expect(faults).toEqual([]);
});

test('a file that cannot be put away stays where it is, and that is told', async () => {
  const { folder, shots, notes, faults, start, set } = await bench(watching());
  const inTheWay = join(folder, 'no folder');
  await writeFile(inTheWay, '');
  await start().look();
  // Below the second one Node's own recursive mkdir would never return.
  set(watching({ after: 'move', moveTo: process.platform === 'linux' ? '/proc/picferry/done' : join(inTheWay, 'done') }));
  await writeFile(join(shots, 'z.png'), picture());
  await vi.waitFor(() => expect(notes.map(({ title }) => title)).toEqual(['z.png']), soon);
  set(watching({ after: 'move', moveTo: join(inTheWay, 'done') }));
  await writeFile(join(shots, 'a.png'), picture());
  await vi.waitFor(() => expect(notes.map(({ id, title }) => [id, title])).toEqual([['not-put-away', 'z.png'], ['not-put-away', 'a.png']]), soon);
  expect([(await readdir(shots)).sort(), faults.length]).toEqual([['a.png', 'z.png'], 2]);
});

test('asks first, in one question for all that wait', async () => {
  const { shots, uploaded, notes, start } = await bench(watching({ act: 'ask' }));
  await start().look();
  await writeFile(join(shots, '1.png'), picture());
  await vi.waitFor(() => expect(notes).toHaveLength(1), soon);
  await writeFile(join(shots, '2.png'), picture());
  await vi.waitFor(() => expect(notes).toHaveLength(2), soon);
  expect(notes[1]).toMatchObject({ id: 'screenshot-watcher', urgency: 'question', title: 'watchScreenshotsTitle{"count":2}', body: '1.png\n2.png', picture: join(shots, '2.png') });
  expect(uploaded).toEqual([]);
  notes[1]?.actions[0]?.act();
  await vi.waitFor(() => expect(uploaded).toEqual([['1.png', '2.png']]), soon);
  await writeFile(join(shots, '3.png'), picture());
  await vi.waitFor(() => expect(notes.at(-1)?.body).toBe('3.png'), soon);
});

test('takes each once, also over a restart, and asks about what came while Picferry was closed', async () => {
  const { shots, uploaded, notes, start } = await bench(watching());
  await writeFile(join(shots, 'old.png'), picture());
  const first = start();
  await first.look();
  await writeFile(join(shots, 'new.png'), picture());
  await vi.waitFor(() => expect(uploaded).toEqual([['new.png']]), soon);
  first.close();
  await writeFile(join(shots, 'closed.png'), picture());
  const second = start();
  await second.look();
  expect(notes).toMatchObject([{ id: 'screenshots-missed', body: 'closed.png' }]);
  await writeFile(join(shots, 'later.png'), picture());
  await vi.waitFor(() => expect(uploaded).toEqual([['new.png'], ['later.png']]), soon);
  second.close();
  await start().look();
  expect([notes.length, uploaded.length]).toEqual([1, 2]);
});

test('leaves alone what comes during a pause or while switched off', async () => {
  const { shots, uploaded, notes, start, set, hour } = await bench(watching());
  const service = start();
  await service.look();
  service.pause('hour');
  await vi.waitFor(() => expect(service.view()).toMatchObject({ screenshots: 'paused', clipboard: 'off' }), soon);
  await writeFile(join(shots, 'private.png'), picture());
  hour();
  await vi.waitFor(() => expect(service.view()).toMatchObject({ screenshots: 'on', pausedUntil: null }), soon);
  await service.look();
  set(watching({ on: false }));
  await service.look();
  await writeFile(join(shots, 'off.png'), picture());
  set(watching());
  await service.look();
  await writeFile(join(shots, 'seen.png'), picture());
  await vi.waitFor(() => expect(uploaded).toEqual([['seen.png']]), soon);
  expect(notes).toEqual([]);
});

test('watches folders of one’s choice by their patterns, and says when there is none to watch', async () => {
  const { folder, shots, uploaded, start, set } = await bench(watching({ systemFolder: false, folders: [{ path: '/there/is/none', pattern: '' }] }));
  const service = start();
  await service.look();
  expect(service.view()).toMatchObject({ screenshots: 'nowhere', missingFolders: ['/there/is/none'], systemFolders: [shots] });
  set(watching({ systemFolder: false, folders: [{ path: shots, pattern: 'Shot*.PNG' }] }));
  await service.look();
  await writeFile(join(shots, 'other.png'), picture());
  await writeFile(join(shots, 'shot 1.png'), picture());
  await vi.waitFor(() => expect(uploaded).toEqual([['shot 1.png']]), soon);
  expect(await readdir(folder)).toContain('watched.json');
});

test('takes the first screenshot of all, which makes the system’s folder for them', async () => {
  const { shots, places, uploaded, notes, faults, start } = await bench(watching());
  places.splice(0, 1, { path: shots, patterns: ['Never*'] });
  const service = start();
  await service.look();
  const first = join(shots, 'Screenshots');
  places.push({ path: first, patterns: [] });
  await mkdir(first);
  await writeFile(join(first, 'first.png'), picture());
  await vi.waitFor(() => expect(uploaded).toEqual([['Screenshots/first.png']]), soon);
  expect(service.view()).toMatchObject({ screenshots: 'on', systemFolders: [shots, first] });
  expect([notes, faults]).toEqual([[], []]);
});

test('a screenshot under the name of one that is gone is another one', async () => {
  const { shots, uploaded, trashed, start } = await bench(watching({ after: 'trash' }));
  await start().look();
  for (const times of [1, 2]) {
    await writeFile(join(shots, 'screenshot.png'), picture());
    await vi.waitFor(() => expect(uploaded).toHaveLength(times), soon);
    await vi.waitFor(() => expect(trashed).toHaveLength(times), soon);
  }
});

test('a screenshot that comes in the very moment in which one of its name was put away is taken as well', async () => {
  let times = 0;
  const { shots, uploaded, start } = await bench(watching({ after: 'trash' }), (path) => {
    if ((times += 1) === 1) writeFileSync(path, picture());
  });
  await start().look();
  await writeFile(join(shots, 'screenshot.png'), picture());
  await vi.waitFor(() => expect([uploaded, times]).toEqual([[['screenshot.png'], ['screenshot.png']], 2]), soon);
});

test('tells when a folder goes and when it comes back', async () => {
  const { shots, start } = await bench(watching());
  const service = start();
  await service.look();
  const states: string[] = [];
  service.onChange(() => states.push(service.view().screenshots));
  await rm(shots, { recursive: true });
  await vi.waitFor(() => expect(states.at(-1)).toBe('nowhere'), soon);
  await mkdir(shots);
  await vi.waitFor(() => expect(states.at(-1)).toBe('on'), soon);
});

test('the clipboard watcher sees what others copy, never what Picferry wrote, and asks for a picture’s bytes only where there is one', async () => {
  const clipboard = memoryClipboard();
  const own = createOwnClipboard({ port: clipboard.port, onFault: () => undefined, now: () => 0 });
  const seen: string[] = [];
  let time = 0;
  let next: { ms: number; act: () => void } | null = null;
  const faults: unknown[] = [];
  const stop = watchClipboard({ clipboard: own, onPicture: (mark) => seen.push(mark), now: () => time, after: (ms, act) => ((next = { ms, act }), () => (next = null)), onFault: (error) => faults.push(error) });
  const look = async (): Promise<number> => {
    const due = next;
    next = null;
    due?.act();
    await vi.waitFor(() => expect(next).not.toBeNull());
    return (next as unknown as { ms: number }).ms;
  };
  clipboard.set(picture());
  await look();
  expect(seen).toEqual([]);
  const copied = picture();
  clipboard.set(copied);
  expect(await look()).toBe(1000);
  await look();
  expect(seen).toHaveLength(1);
  await own.writeText('link');
  const before = clipboard.reads.raw;
  await look();
  await look();
  expect(clipboard.reads).toEqual({ raw: before, decoded: 0 });
  await own.previous.restore();
  await look();
  expect(seen).toHaveLength(1);
  clipboard.set(picture(), 'A1\tB1\nA2\tB2');
  await look();
  expect(seen).toHaveLength(1);
  clipboard.set(picture(), 'https://pictures.example/cat.png');
  await look();
  expect(seen).toHaveLength(2);
  clipboard.held.formats = ['text/uri-list', 'image/png'];
  clipboard.held.png = picture();
  await look();
  expect(seen).toHaveLength(2);
  // A look that took long is followed by a long rest.
  clipboard.port.formats = async () => ((time += 30), []);
  const slow = watchClipboard({ clipboard: { ...own, formats: async () => ((time += 30), []) }, onPicture: () => undefined, now: () => time, after: (ms, act) => ((next = { ms, act }), () => undefined), onFault: () => undefined });
  expect(await look()).toBe(6000);
  slow();
  stop();
  expect(faults).toEqual([]);
});

test('asks about a copied picture, and uploads no other in its place', async () => {
  const { clipboard, uploaded, notes, faults, start } = await bench({ clipboardWatcher: { on: true, act: 'ask' } });
  clipboard.set(null, 'words');
  start();
  await new Promise((resolve) => realAfter(50, () => resolve(undefined)));
  clipboard.set(picture());
  await vi.waitFor(() => expect(notes).toMatchObject([{ id: 'clipboard-watcher', urgency: 'question' }]), soon);
  clipboard.set(picture());
  notes[0]?.actions[0]?.act();
  await vi.waitFor(() => expect(notes.some(({ body }) => body === 'watchClipboardGone')).toBe(true), soon);
  expect(uploaded).toEqual([]);
  await vi.waitFor(() => expect(notes.filter(({ actions }) => actions.length > 0)).toHaveLength(2), soon);
  notes.filter(({ actions }) => actions.length > 0).at(-1)?.onClick();
  await vi.waitFor(() => expect(uploaded).toEqual([['clipboard']]), soon);
  expect(faults).toEqual([]);
});

test('offers each watcher once, on the first occasion that it would have met', async () => {
  let settings = Settings.parse({});
  const notices: string[] = [];
  const faults: unknown[] = [];
  const offers = createOffers({
    settings: { readOnly: false, current: () => settings, update: (change) => void (settings = change(settings)) },
    notice: ({ id }) => notices.push(id),
    findPlaces: async () => [{ path: '/home/me/Pictures', patterns: ['Screenshot*'] }],
    onFault: (error) => faults.push(error),
  });
  offers.filesUploaded({ origin: 'cli', results: [done('/home/me/Pictures/Screenshot 1.png')] });
  offers.filesUploaded({ origin: 'window', results: [done('/home/me/Pictures/Holiday.png')] });
  for (let again = 0; again < 2; again += 1) {
    offers.clipboardUploaded([{ type: 'file', path: '/home/me/a.png' }]);
    expect(notices).toHaveLength(again * 2);
    offers.clipboardUploaded([{ type: 'kept', path: '/kept/1', name: 'pasted.png' }]);
    offers.filesUploaded({ origin: 'window', results: [done('/home/me/Pictures/Screenshot 1.png')] });
    await vi.waitFor(() => expect(notices).toHaveLength(2));
  }
  expect(notices).toEqual(['offerClipboardWatcher', 'offerScreenshotWatcher']);
  expect([settings.dismissed.length, faults.length]).toEqual([2, 0]);
});
