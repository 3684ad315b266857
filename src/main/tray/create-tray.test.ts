import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { Settings } from '../../shared/model/settings';
import type { Upload } from '../../shared/model/upload';
import type { QueueChange } from '../queue';
import type { TrayItem, TrayLook } from './contract';
import { createMenuPictures } from './menu-pictures';
import { createTray, type TrayDeps } from './create-tray';

const nothing = (): void => undefined;
const upload = (id: string, part: Partial<Upload> = {}): Upload => ({ id, name: `${id}.png`, url: `https://h.example/${id}`, remoteState: 'online', thumb: null, ...part }) as Upload;

/** A tray over services that say what they are told, and a clock that moves by hand. */
const bench = (there = true) => {
  const timers: { readonly ms: number; readonly act: () => void }[] = [];
  const looks: TrayLook[] = [];
  const menus: (readonly TrayItem[])[] = [];
  const bars: unknown[] = [];
  const told: Record<'queue' | 'library', (value: never) => void> = { queue: nothing, library: nothing };
  const places = new Set<(now: boolean) => void>();
  const state = { there, open: 0, uploads: [upload('a')] as readonly Upload[], summary: { active: 0, waiting: 0, paused: false, offline: false } };
  const deps = {
    services: {
      queue: { summary: () => state.summary, onChange: (listener: never) => ((told.queue = listener), nothing) },
      library: { rows: () => state.uploads, onChange: (listener: never) => ((told.library = listener), nothing) },
      accounts: { list: () => [], onChange: () => nothing },
      settings: { current: () => Settings.parse({}), onChange: () => nothing },
    },
    place: { exists: () => state.there, onChange: (listener: (now: boolean) => void) => (places.add(listener), () => void places.delete(listener)), close: nothing },
    open: () => {
      state.open += 1;
      return { setLook: (look: TrayLook) => void looks.push(look), setMenu: (items: readonly TrayItem[]) => void menus.push(items), close: () => void (state.open -= 1) };
    },
    progress: { show: (bar: unknown) => void bars.push(bar) },
    acts: { capture: null, restoreClipboard: null, watchers: null },
    pictures: { pathOf: () => null, want: async () => undefined },
    text: () => (key: string) => key,
    accountName: (name: string) => name,
    watchersPaused: () => false,
    hasPreviousClipboard: () => false,
    undecided: () => 0,
    after: (ms: number, act: () => void) => {
      const timer = { ms, act };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer), 1);
    },
  } as unknown as TrayDeps;
  const run = (ms: number): void => {
    for (const timer of timers.filter((one) => one.ms <= ms)) {
      timers.splice(timers.indexOf(timer), 1);
      timer.act();
    }
  };
  const queueChanged = (change: Partial<QueueChange>): void => told.queue({ upsert: [], removed: [], ...change } as never);
  return { tray: createTray(deps), state, looks, menus, bars, run, queueChanged, libraryChanged: () => told.library(undefined as never), placeChanged: (now: boolean) => places.forEach((listener) => listener(now)) };
};

test('shows progress on the icon and in the task bar, four times a second at most, and takes it away at the end', () => {
  const { looks, bars, run, queueChanged, state } = bench();
  state.summary = { ...state.summary, active: 1 };
  const job = { id: 'j', bytes: 100 };
  for (const sentBytes of [0, 10, 20, 50]) queueChanged({ upsert: [{ ...job, state: 'sending', sentBytes }] as never });
  expect(bars).toEqual([]);
  run(250);
  expect(bars).toEqual([{ fraction: 0.475, paused: false }]);
  expect(looks.at(-1)?.icon).toBe('busy-4');
  state.summary = { ...state.summary, active: 0 };
  queueChanged({ upsert: [{ ...job, state: 'done', sentBytes: 100 }] as never });
  run(250);
  expect([bars.at(-1), looks.at(-1)?.icon]).toEqual([null, 'idle']);
});

test('draws the menu only when it is another', () => {
  const { menus, run, queueChanged, libraryChanged, state } = bench();
  expect(menus).toHaveLength(1);
  queueChanged({});
  run(250);
  expect(menus).toHaveLength(1);
  state.uploads = [upload('b'), upload('gone', { remoteState: 'deleted' }), upload('linkless', { url: null })];
  libraryChanged();
  run(250);
  expect(menus).toHaveLength(2);
  const recent = menus.at(-1)?.find((item) => item.type === 'menu' && item.label === 'trayRecent');
  expect(recent?.type === 'menu' && recent.items.flatMap((item) => (item.type === 'act' ? [item.label] : []))).toEqual(['b.png']);
  state.uploads = [upload('another', { name: 'b.png' })];
  libraryChanged();
  run(250);
  expect(menus).toHaveLength(3);
});

test('follows a panel that comes late, goes and comes back', async () => {
  const { tray, placeChanged, state } = bench(false);
  expect([tray.exists(), state.open]).toEqual([false, 0]);
  const appears = tray.appears(20_000);
  placeChanged(true);
  expect([await appears, tray.exists(), state.open]).toEqual([true, true, 1]);
  placeChanged(false);
  expect([tray.exists(), state.open]).toEqual([false, 0]);
  placeChanged(true);
  tray.close();
  expect(state.open).toBe(0);
});

test('gives up waiting for a panel after its time', async () => {
  const { tray, run } = bench(false);
  const appears = tray.appears(20_000);
  run(20_000);
  expect(await appears).toBe(false);
});

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

test('makes each small picture once, keeps those that are wanted and lets go of the others', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'picferry-menu-'));
  folders.push(folder);
  const made: string[] = [];
  const make = async (thumb: string, to: string): Promise<boolean> => {
    made.push(thumb);
    if (thumb.endsWith('bad.webp')) return false;
    writeFileSync(to, 'png');
    return true;
  };
  const open = () => createMenuPictures({ folder: join(folder, 'menu'), thumbsFolder: '/thumbs', make, onReady: nothing, onFault: (error) => expect(error).toBeUndefined() });
  const pictures = open();
  await pictures.want(['a.webp', 'bad.webp', 'b.webp']);
  await pictures.want(['a.webp', 'bad.webp', 'b.webp']);
  expect(made).toEqual(['/thumbs/a.webp', '/thumbs/bad.webp', '/thumbs/b.webp']);
  expect([pictures.pathOf('a.webp'), pictures.pathOf('bad.webp')]).toEqual([join(folder, 'menu', 'a.png'), null]);
  const later = open();
  await later.want(['b.webp']);
  expect(made).toHaveLength(3);
  expect([existsSync(join(folder, 'menu', 'a.png')), later.pathOf('b.webp')]).toEqual([false, join(folder, 'menu', 'b.png')]);
});
