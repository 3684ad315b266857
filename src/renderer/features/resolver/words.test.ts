import { describe, expect, it } from 'vitest';
import { createText } from '../../stores/text';
import { innerPaths, kindKey, makerWords, stillWords } from './words';

const [en, zh] = [createText('en'), createText('zh-CN')];

describe('words of the resolver', () => {
  it('name who made theirs by the best that is known', () => {
    const theirs = { version: 3, device: null, deviceId: '0123456789abcdef', at: null, note: 'by train' };
    expect(makerWords({ ...theirs, device: 'Laptop' }, en)).toBe('Laptop · version 3 · by train');
    expect(makerWords(theirs, en)).toBe('id 01234567 · version 3 · by train');
    expect(makerWords({ ...theirs, deviceId: null }, en)).toBe('version 3 · by train');
    expect(makerWords({ ...theirs, at: '2026-11-30 22:50:35' }, en).replaceAll('\u00a0', ' ')).toContain('version 3 · Nov 30, 2026, 10:50 PM · by train');
  });

  it('call a clash an addition only where a common version is known', () => {
    expect([true, false].map((hasBase) => en.t(kindKey('add/add', hasBase)))).toEqual(['Both added it', 'Different on both sides']);
    expect(kindKey('type', false)).toBe(kindKey('type', true));
  });

  it('name what is changed inside of a place, and not the place itself', () => {
    expect(innerPaths({ path: ['editor', 'size'], inner: [['editor', 'size']] })).toEqual([]);
    expect(innerPaths({ path: ['editor'], inner: [['editor', 'size'], ['editor', 'font']] })).toEqual([['editor', 'size'], ['editor', 'font']]);
    expect(innerPaths({ path: [], inner: Array.from({ length: 20 }, (_, i) => [String(i)]) })).toHaveLength(8);
  });

  it('say what was decided over another value, and what was typed that does not count', () => {
    expect(stillWords({ had: null, draft: null }, en)).toEqual([]);
    expect(stillWords({ had: 'both-theirs', draft: { text: '{', fault: null } }, en)).toEqual([
      'You had decided: both, theirs first. Please decide again.',
      'What you typed is kept, but does not count. Enter or “Edit…” opens it again.',
    ]);
    expect(stillWords({ had: 'mine', draft: null }, zh)[0]).toMatch(/^你之前的决定：/);
  });
});
