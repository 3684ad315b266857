import { expect, test } from 'vitest';
import { Settings, type ShortcutName } from '../../shared/model/settings';
import { createGlobalKeys, keySupport } from '../platform/global-keys-bodies';
import { createShortcuts, type GlobalKeysPort } from './index';

/** A desktop with its keys: some belong to others. */
const bench = ({ shortcuts = {}, others = [], support = 'grabs' }: { shortcuts?: Record<string, string | null>; others?: string[]; support?: GlobalKeysPort['support'] } = {}) => {
  const keys = new Map<string, () => void>();
  const timers: { at: number; act: () => void }[] = [];
  const acts: ShortcutName[] = [];
  let now = 1000;
  let settings = Settings.parse({ shortcuts: Object.fromEntries(Object.entries(shortcuts).map(([name, accelerator]) => [name, { accelerator, accountId: null, format: null }])) });
  const listeners = new Set<(settings: Settings) => void>();
  const port: GlobalKeysPort = {
    support,
    register: (accelerator, onPress) => {
      if (accelerator.includes('Nokey')) return 'bad';
      if (others.includes(accelerator)) return false;
      keys.set(accelerator, onPress);
      return true;
    },
    unregister: (accelerator) => void keys.delete(accelerator),
  };
  const service = createShortcuts({
    keys: port,
    settings: { current: () => settings, onChange: (listener) => (listeners.add(listener), () => listeners.delete(listener)) },
    act: (name) => acts.push(name),
    commandFor: (name) => `picferry --do ${name}`,
    mac: false,
    now: () => now,
    after: (ms, act) => {
      const timer = { at: now + ms, act };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer), 1);
    },
  });
  return {
    service,
    acts,
    held: () => [...keys.keys()],
    press: (accelerator: string) => keys.get(accelerator)?.(),
    others,
    pass: (ms: number) => {
      now += ms;
      for (const timer of timers.filter(({ at }) => at <= now)) {
        timers.splice(timers.indexOf(timer), 1);
        timer.act();
      }
    },
    set: (name: ShortcutName, accelerator: string | null) => {
      settings = { ...settings, shortcuts: { ...settings.shortcuts, [name]: { accelerator, accountId: null, format: null } } };
      for (const listener of listeners) listener(settings);
    },
    stateOf: (name: ShortcutName) => service.list().find((row) => row.name === name),
  };
};

test('says of every key whether the system sends it, and whose it is instead', () => {
  const { stateOf } = bench({
    shortcuts: { uploadClipboard: 'Ctrl+Alt+U', captureRegion: 'Ctrl+Alt+A', captureWindow: 'Alt+Ctrl+U', captureScreen: null, openWindow: 'Ctrl+Nokey' },
    others: ['Ctrl+Alt+A'],
  });
  expect(stateOf('uploadClipboard')).toMatchObject({ state: 'registered', sameAs: null });
  expect(stateOf('captureRegion')).toMatchObject({ state: 'refused', sameAs: null });
  expect(stateOf('captureWindow')).toMatchObject({ state: 'refused', sameAs: 'uploadClipboard' });
  expect(stateOf('captureScreen')).toMatchObject({ state: 'off' });
  expect(stateOf('openWindow')).toMatchObject({ state: 'bad' });
});

test('keeps to the settings as they change, and asks again for what was refused', () => {
  const { service, set, held, others, stateOf } = bench({ others: ['Ctrl+Alt+A'] });
  expect(held()).toEqual(['CommandOrControl+Alt+Shift+U', 'CommandOrControl+Alt+Shift+A']);
  let told = 0;
  service.onChange(() => (told += 1));
  set('uploadClipboard', 'Ctrl+Alt+A');
  expect(held()).toEqual(['CommandOrControl+Alt+Shift+A']);
  expect(stateOf('uploadClipboard')).toMatchObject({ state: 'refused' });
  others.length = 0;
  service.tryAgain();
  expect(stateOf('uploadClipboard')).toMatchObject({ state: 'registered' });
  set('uploadClipboard', null);
  expect(held()).toEqual(['CommandOrControl+Alt+Shift+A']);
  expect(told).toBe(3);
  service.close();
  expect(held()).toEqual([]);
});

test('a key that is held down acts once', () => {
  const { press, pass, acts } = bench({ shortcuts: { uploadClipboard: 'F9' } });
  press('F9');
  pass(660);
  for (let repeat = 0; repeat < 50; repeat += 1) {
    press('F9');
    pass(40);
  }
  expect(acts).toEqual(['uploadClipboard']);
  pass(800);
  press('F9');
  expect(acts).toHaveLength(2);
});

test('the test counts only a key that the system sends, and what the key does is not done', async () => {
  const { service, press, pass, acts } = bench({ shortcuts: { uploadClipboard: 'F9', openWindow: 'F8', captureScreen: 'F7' }, others: ['F7'] });
  const good = service.test('uploadClipboard');
  press('F8');
  press('F9');
  expect(await good).toBe('pressed');
  const silent = service.test('uploadClipboard');
  pass(15_000);
  expect(await silent).toBe('silent');
  expect(await service.test('captureScreen')).toBe('refused');
  const first = service.test('uploadClipboard');
  const second = service.test('openWindow');
  expect(await first).toBe('stopped');
  service.stopTest();
  expect(await second).toBe('stopped');
  expect(acts).toEqual([]);
});

test('gives all keys back while one is recorded, and takes them again when the recorder was left behind', () => {
  const { service, held, pass, stateOf } = bench();
  service.record(true);
  expect(held()).toEqual([]);
  expect(stateOf('uploadClipboard')).toMatchObject({ state: 'registered' });
  service.record(false);
  expect(held()).toHaveLength(2);
  service.record(true);
  pass(60_000);
  expect(held()).toHaveLength(2);
});

test('says that a desktop gives no keys, or that it was asked', () => {
  const command = 'picferry --do uploadClipboard';
  expect(bench({ support: 'none' }).stateOf('uploadClipboard')).toMatchObject({ state: 'unavailable', command });
  expect(bench({ support: 'portal' }).stateOf('uploadClipboard')).toMatchObject({ state: 'asked', command });
  expect(bench().stateOf('uploadClipboard')).toMatchObject({ command: null });
  expect(keySupport('win32', {}, '45.0.0')).toBe('grabs');
  expect(keySupport('linux', { DISPLAY: ':0', XDG_SESSION_TYPE: 'x11' }, '25.1.1')).toBe('grabs');
  expect(keySupport('linux', { DISPLAY: ':0', WAYLAND_DISPLAY: 'wayland-0' }, '25.1.1')).toBe('none');
  expect(keySupport('linux', { XDG_SESSION_TYPE: 'wayland' }, '45.3.4')).toBe('portal');
  const throwing = createGlobalKeys({ register: () => { throw new TypeError('no key'); }, unregister: () => undefined }, 'grabs');
  expect(throwing.register('ü', () => undefined)).toBe('bad');
});
