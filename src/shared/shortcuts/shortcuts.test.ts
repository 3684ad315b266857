import { expect, test } from 'vitest';
import { partsOf, recordKey, sameKeys, usedBy, type KeyPress } from './index';
import { Settings } from '../model/settings';

const press = (part: Partial<KeyPress>): KeyPress => ({ key: '', code: '', ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, ...part });

test('records a combination as Electron writes it', () => {
  expect(recordKey(press({ key: 'U', code: 'KeyU', ctrlKey: true, altKey: true, shiftKey: true }), false)).toEqual({ type: 'key', accelerator: 'CommandOrControl+Alt+Shift+U' });
  expect(recordKey(press({ key: '!', code: 'Digit1', ctrlKey: true, shiftKey: true }), false)).toEqual({ type: 'key', accelerator: 'CommandOrControl+Shift+1' });
  expect(recordKey(press({ key: 'PrintScreen', code: '' }), false)).toEqual({ type: 'key', accelerator: 'PrintScreen' });
  expect(recordKey(press({ key: 'ArrowUp', code: 'ArrowUp', metaKey: true }), false)).toEqual({ type: 'key', accelerator: 'Super+Up' });
});

test('records the letter that is printed on the key, and the one under a sign that Alt types', () => {
  expect(recordKey(press({ key: 'a', code: 'KeyQ', ctrlKey: true }), false)).toMatchObject({ accelerator: 'CommandOrControl+A' });
  expect(recordKey(press({ key: 'å', code: 'KeyA', altKey: true, metaKey: true }), true)).toMatchObject({ accelerator: 'CommandOrControl+Alt+A' });
});

test('takes no key with which people write, and waits while only modifiers are held', () => {
  expect(recordKey(press({ key: 'u', code: 'KeyU' }), false)).toEqual({ type: 'typing' });
  expect(recordKey(press({ key: 'U', code: 'KeyU', shiftKey: true }), false)).toEqual({ type: 'typing' });
  expect(recordKey(press({ key: 'Shift', code: 'ShiftLeft', shiftKey: true }), false)).toEqual({ type: 'more' });
  expect(recordKey(press({ key: 'ü', code: 'IntlBackslash', ctrlKey: true }), false)).toEqual({ type: 'unknown' });
});

test('one combination is the same however it is written', () => {
  expect(sameKeys('Shift+CmdOrCtrl+Enter', false)).toBe(sameKeys('Ctrl+Shift+Return', false));
  expect(sameKeys('CommandOrControl+A', true)).toBe(sameKeys('Cmd+A', true));
  expect(sameKeys('Control+A', true)).not.toBe(sameKeys('Cmd+A', true));
  expect(partsOf('CommandOrControl+Alt+Shift+Up', false)).toEqual(['Ctrl', 'Alt', 'Shift', '↑']);
  expect(partsOf('CommandOrControl+num1', true)).toEqual(['⌘', 'Num 1']);
});

test('knows the keys of editors, and the keys of a fresh install are none of them', () => {
  expect(usedBy('Ctrl+Shift+P', false)).toEqual(['VS Code', 'Chrome, Firefox', 'PicGo']);
  expect(usedBy('CommandOrControl+C', false)).toContain('*');
  expect(usedBy('PrintScreen', false)).toEqual(['@']);
  for (const { accelerator } of Object.values(Settings.parse({}).shortcuts)) {
    for (const mac of [true, false]) expect(accelerator === null ? [] : usedBy(accelerator, mac)).toEqual([]);
  }
});
