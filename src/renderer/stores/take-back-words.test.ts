import { expect, test } from 'vitest';
import { takeBackWords } from './take-back-words';
import { createText } from './text';

const [en, zh] = [createText('en'), createText('zh-CN')];
const said = (...of: Parameters<typeof takeBackWords>): string => en.t(takeBackWords(...of), { name: 'notes' });

test('says where the text from before is when something cannot be taken back', () => {
  expect(said('not', { kind: 'file', version: 3 })).toBe(`notes was changed since, so this cannot be undone any more. What the file held before is in its menu under “${en.t('syncCopies')}”.`);
  expect(said('not', { kind: 'settings', version: 3 })).toBe('notes was changed since, so this cannot be undone any more.');
  expect(zh.t(takeBackWords('not', { kind: 'file', version: 3 }), { name: 'notes' })).toContain(`“${zh.t('syncCopies')}”`);
});

test('tells a first meeting that waits again from places that do', () => {
  expect(said('asked', { kind: 'file', version: null })).toBe('notes is as it was before. Choose again how it begins.');
  expect(said('asked', { kind: 'file', version: 3 })).toMatch(/^notes is as it was before, and waits for you again\./);
  expect(said('asked', undefined)).toBe(said('asked', { kind: 'file', version: 3 }));
  expect(said('back', { kind: 'file', version: null })).toMatch(/^notes is as it was before\. Devices/);
});
