import { expect, test } from 'vitest';
import { createText } from './text';

test('sentences follow each other as the language writes them, without those that are missing', () => {
  expect(createText('en').sentences('One.', null, '', 'Two.')).toBe('One. Two.');
  expect(createText('zh-CN').sentences('一。', undefined, '二。')).toBe('一。二。');
  expect(createText('en').sentences(undefined, 'Two.')).toBe('Two.');
});
