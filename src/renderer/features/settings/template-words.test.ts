import { expect, test } from 'vitest';
import { checkNameTemplate } from '../../../shared/templates/name-template';
import { createText } from '../../stores/text';
import { faultText } from './template-words';

test('whoever asks for too many digits is told how many there may be', () => {
  const said = (template: string, language: 'en' | 'zh-CN' = 'en'): string => {
    const fault = checkNameTemplate(template);
    return fault === null ? '' : faultText(fault, 'namesBadLength', createText(language).t);
  };
  expect(said('{sha256:999}')).toBe('{sha256:999} needs a number of digits from 1 to 64, such as {sha256:8} or {counter:3}.');
  expect(said('{counter:0}')).toContain('from 1 to 12,');
  expect(said('{md5:x}', 'zh-CN')).toContain('1 到 32 之间');
  expect(said('{sha256:64}')).toBe('');
});
