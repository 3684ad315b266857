import { expect, test } from 'vitest';
import { createTranslator } from '../../shared/i18n/translator';
import type { TrayItem } from './contract';
import { trayIcon } from './tray-icon';
import { shortName, trayMenu, trayTooltip, type TrayMenuActs, type TrayState, type TrayText } from './tray-menu';

const calm: TrayState = {
  running: 0,
  waiting: 0,
  paused: false,
  offline: false,
  undecided: 0,
  recent: [],
  accounts: [{ id: 'a', name: 'blog', isDefault: true }, { id: 'b', name: 'forum', isDefault: false }],
  watchers: { clipboard: false, screenshots: false, paused: false },
  hasPreviousClipboard: false,
  hasLastRegion: false,
  dropWindow: false,
};

const textIn = (language: 'en' | 'zh-CN'): TrayText => {
  const texts = createTranslator(language);
  return (key, params) => texts.t(`desktop:${key}`, { ...params });
};
const en = textIn('en');

const bench = () => {
  const done: unknown[][] = [];
  const note =
    (name: string) =>
    (...args: readonly unknown[]): void =>
      void done.push([name, ...args]);
  const acts: TrayMenuActs = {
    open: note('open'),
    openSync: note('sync'),
    uploadClipboard: note('clipboard'),
    uploadFiles: note('files'),
    capture: note('capture'),
    copyLink: note('copy'),
    restoreClipboard: note('restore'),
    watchers: { set: note('watch'), pause: note('pause') },
    chooseAccount: note('account'),
    pauseQueue: note('queue'),
    showDropWindow: note('drop'),
    quit: note('quit'),
  };
  return { acts, done };
};

const flat = (items: readonly TrayItem[]): readonly TrayItem[] => items.flatMap((item) => (item.type === 'menu' ? [item, ...flat(item.items)] : [item]));
const press = (items: readonly TrayItem[], label: string): void => {
  const item = flat(items).find((one) => 'label' in one && one.label === label);
  if (item === undefined || !('act' in item)) throw new Error(`no ${label} in the menu`);
  item.act();
};

test('holds every act of the tray, and each does its own', () => {
  const { acts, done } = bench();
  const state: TrayState = { ...calm, recent: [{ id: 'u1', name: 'cat.png', picture: '/p.png' }], hasPreviousClipboard: true, hasLastRegion: true, watchers: { clipboard: true, screenshots: false, paused: false } };
  const menu = trayMenu(state, acts, en);
  for (const label of [
    'Open Picferry', 'Upload clipboard', 'Upload files…', 'Region', 'Window', 'Whole screen', 'Last region again', 'cat.png', 'Restore previous clipboard',
    'Watch the clipboard', 'Watch for screenshots', 'For an hour', 'Until Picferry starts again', 'forum', 'Pause uploads', 'Drop window', 'Quit Picferry',
  ]) {
    press(menu, label);
  }
  expect(done).toEqual([
    ['open'], ['clipboard'], ['files'], ['capture', 'region'], ['capture', 'window'], ['capture', 'screen'], ['capture', 'last-region'], ['copy', 'u1'], ['restore'],
    ['watch', 'clipboard', false], ['watch', 'screenshots', true], ['pause', 'hour'], ['pause', 'restart'], ['account', 'b'], ['queue', true], ['drop', true], ['quit'],
  ]);
});

test('says how many places wait for a person, and leads to them; nothing while none does', () => {
  const { acts, done } = bench();
  press(trayMenu({ ...calm, undecided: 3 }, acts, en), 'Decide 3 places…');
  expect(done).toEqual([['sync']]);
  expect(trayTooltip({ ...calm, undecided: 1 }, null, en)).toBe('Picferry: One place waits for your decision');
  expect(trayTooltip({ ...calm, undecided: 3 }, null, textIn('zh-CN'))).toBe('Picferry: 3 处等你决定');
  expect(trayTooltip({ ...calm, undecided: 3, running: 1 }, null, en)).toBe('Picferry: Uploading one file');
  expect(flat(trayMenu(calm, acts, en)).some((item) => 'label' in item && item.label.startsWith('Decide'))).toBe(false);
});

test('shows what is on, who is chosen and which pictures there are', () => {
  const { acts } = bench();
  const menu = flat(trayMenu({ ...calm, paused: true, dropWindow: true, recent: [{ id: 'u', name: 'a.png', picture: '/a.png' }] }, acts, en));
  const checked = menu.filter((item) => (item.type === 'check' || item.type === 'choice') && item.checked).map((item) => 'label' in item && item.label);
  expect(checked).toEqual(['blog', 'Pause uploads', 'Drop window']);
  expect(menu).toContainEqual(expect.objectContaining({ label: 'a.png', picture: '/a.png' }));
  expect(menu).toContainEqual(expect.objectContaining({ label: 'Restore previous clipboard', enabled: false }));
  expect(menu).toContainEqual(expect.objectContaining({ label: 'Last region again', enabled: false }));
});

test('offers a pause only while something is watched, and going on only after it', () => {
  const { acts, done } = bench();
  const labels = (watchers: TrayState['watchers']): readonly unknown[] => flat(trayMenu({ ...calm, watchers }, acts, en)).map((item) => 'label' in item && item.label);
  expect(labels({ clipboard: false, screenshots: false, paused: false })).not.toContain('Pause watching');
  expect(labels({ clipboard: false, screenshots: true, paused: false })).toContain('Pause watching');
  expect(labels({ clipboard: false, screenshots: true, paused: true })).not.toContain('Pause watching');
  press(trayMenu({ ...calm, watchers: { clipboard: true, screenshots: false, paused: true } }, acts, en), 'Go on watching');
  expect(done).toEqual([['pause', null]]);
});

test('never draws two lines in a row, nor one at an end', () => {
  const { acts } = bench();
  for (const given of [acts, { ...acts, watchers: null, capture: null, restoreClipboard: null }]) {
    const kinds = trayMenu(calm, given, en).map(({ type }) => type);
    expect([kinds[0], kinds.at(-1)]).not.toContain('line');
    expect(kinds.some((kind, index) => kind === 'line' && kinds[index + 1] === 'line')).toBe(false);
  }
});

test('says in both languages what goes on, and nothing while nothing does', () => {
  const busy = { ...calm, running: 2, waiting: 1 };
  expect(trayTooltip(calm, null, en)).toBe('Picferry');
  expect(trayTooltip(busy, 0.421, en)).toBe('Picferry: Uploading 3 files · 42 %');
  expect(trayTooltip(busy, 0.421, textIn('zh-CN'))).toBe('Picferry: 正在上传 3 个文件 · 42 %');
  expect(trayTooltip({ ...busy, paused: true }, 0.4, en)).toBe('Picferry: 3 uploads are paused');
  expect(trayTooltip({ ...calm, waiting: 1, offline: true }, 0, en)).toBe('Picferry: One upload waits for the network · 0 %');
  const watching = (watchers: Partial<TrayState['watchers']>): string => trayTooltip({ ...calm, watchers: { ...calm.watchers, ...watchers } }, null, en);
  expect(watching({ clipboard: true })).toBe('Picferry: Watching the clipboard');
  expect(watching({ screenshots: true })).toBe('Picferry: Watching for screenshots');
  expect(watching({ clipboard: true, screenshots: true })).toBe('Picferry: Watching the clipboard and for screenshots');
  expect(watching({ clipboard: true, paused: true })).toBe('Picferry: Watching is paused');
});

test('shortens a long name in its middle and keeps its extension', () => {
  expect(shortName('short.png')).toBe('short.png');
  expect([...shortName(`${'图'.repeat(60)}-2026.png`)]).toHaveLength(40);
  expect(shortName(`${'x'.repeat(60)}-2026.png`)).toMatch(/^x+…xxx-2026\.png$/);
});

test('has an icon for eight steps of progress, for a pause and for rest', () => {
  expect([0, 0.01, 0.13, 0.5, 0.99, 1].map((fraction) => trayIcon(fraction, false))).toEqual(['busy-1', 'busy-1', 'busy-2', 'busy-4', 'busy-8', 'busy-8']);
  expect([trayIcon(null, false), trayIcon(null, true), trayIcon(0.5, true)]).toEqual(['idle', 'paused', 'paused']);
});
