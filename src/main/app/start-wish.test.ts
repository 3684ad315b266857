import { expect, test } from 'vitest';
import { createWishes, gatherFiles, readWish } from './start-wish';
import { startCommand } from './desktop/start-command';
import { createClosing } from './closing';

test('reads files and links only behind the word that announces them', () => {
  expect(readWish(['/app', '--no-sandbox', '--hidden'], '/here')).toEqual({ hidden: true, files: [], link: null, act: null });
  expect(readWish(['/app', '--send', '--', 'a.png', '/b/--hidden', '--hidden'], '/here')).toEqual({ hidden: false, files: ['/here/a.png', '/b/--hidden', '/here/--hidden'], link: null, act: null });
  expect(readWish(['/app', '--link', '--', 'picferry://open'], '/here')).toEqual({ hidden: false, files: [], link: 'picferry://open', act: null });
  expect(readWish(['/app', 'picferry://open', 'x.png', '--', 'y.png'], '/here')).toEqual({ hidden: false, files: [], link: null, act: null });
});

test('does what a key of the desktop asks for, without a window unless that is what it asks for', () => {
  const nothing = { files: [], link: null };
  expect(readWish(['/app', '--do', 'uploadClipboard'], '/here')).toEqual({ ...nothing, hidden: true, act: 'uploadClipboard' });
  expect(readWish(['/app', '--do', 'openWindow'], '/here')).toEqual({ ...nothing, hidden: false, act: 'openWindow' });
  for (const words of [['--do', 'deleteAll'], ['--do'], ['uploadClipboard'], ['--send', '--', '--do', 'uploadClipboard']]) expect(readWish(words, '/here').act).toBeNull();
});

test('keeps wishes until somebody takes them, in their order', () => {
  const wishes = createWishes({ hidden: false, files: ['/first.png'], link: null, act: null });
  wishes.take('second');
  const got: unknown[] = [];
  wishes.onWish((wish) => got.push(wish));
  wishes.take('third');
  expect(got).toEqual([{ hidden: false, files: ['/first.png'], link: null, act: null }, 'second', 'third']);
});

test('the system starts Picferry as it runs now: packaged, as an AppImage, or from its folder', () => {
  const facts = { packaged: true, program: '/opt/picferry', appFolder: '/src/picferry', withoutSandbox: false, env: {} };
  expect(startCommand(facts)).toEqual({ program: '/opt/picferry', args: [], env: {} });
  expect(startCommand({ ...facts, env: { APPIMAGE: '/home/me/Picferry.AppImage', PICFERRY_HOME: '/data', HOME: '/home/me' } })).toEqual({
    program: '/home/me/Picferry.AppImage',
    args: [],
    env: { PICFERRY_HOME: '/data' },
  });
  expect(startCommand({ ...facts, packaged: false, withoutSandbox: true })).toEqual({ program: '/opt/picferry', args: ['--no-sandbox', '/src/picferry'], env: {} });
});

test('closing hides where Picferry stays in the tray, and quits elsewhere', () => {
  const done: string[] = [];
  const acts = { hide: () => void done.push('hidden'), onStay: () => void done.push('told'), quit: () => void done.push('quit') };
  createClosing({ ...acts, stays: () => true })();
  createClosing({ ...acts, stays: () => false })();
  expect(done).toEqual(['hidden', 'told', 'quit']);
});

test('files dropped on the Dock icon together are one wish in their order, those dropped later another', () => {
  const taken: (readonly string[])[] = [];
  const later: (() => void)[] = [];
  const open = gatherFiles((files) => void taken.push(files), (act) => void later.push(act));
  for (const path of ['/a.png', '/b.png', '/c.png']) open(path);
  expect([taken, later.length]).toEqual([[], 1]);
  later[0]?.();
  open('/d.png');
  later[1]?.();
  expect(taken).toEqual([['/a.png', '/b.png', '/c.png'], ['/d.png']]);
});
