import { expect, test } from 'vitest';
import { createText } from './text';

test('sentences follow each other as the language writes them, without those that are missing', () => {
  expect(createText('en').sentences('One.', null, '', 'Two.')).toBe('One. Two.');
  expect(createText('zh-CN').sentences('一。', undefined, '二。')).toBe('一。二。');
  expect(createText('en').sentences(undefined, 'Two.')).toBe('Two.');
});

test('a moment and the time of day are in the person’s own form, of a host’s label by its own clock; what is no time stays', () => {
  const [en, zh] = [createText('en'), createText('zh-CN')];
  for (const label of ['2026-11-30 20:39:05', '2026-11-30T20:39:05.120Z', '2026-11-30 20:39']) {
    expect([en.moment(label), en.clock(label)].map((words) => words.replace(/\s/g, ' '))).toEqual(['Nov 30, 2026, 8:39 PM', '8:39 PM']);
    expect([zh.moment(label), zh.clock(label)].map((words) => words.replace(/\s/g, ' '))).toEqual(['2026年11月30日 20:39', '20:39']);
  }
  const at = new Date(2026, 10, 30, 20, 39, 5).getTime();
  expect([en.moment(at), zh.moment(at)]).toEqual([en.moment('2026-11-30 20:39:05'), zh.moment('2026-11-30 20:39:05')]);
  expect(en.moment(at)).not.toContain(' ');
  expect([en.moment('yesterday'), en.clock('2026-99-99 20:39'), en.moment('')]).toEqual(['yesterday', '2026-99-99 20:39', '']);
});
