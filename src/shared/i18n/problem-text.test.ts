import { expect, test } from 'vitest';
import { createTranslator, problemText } from './translator';

test('a problem calls a profile that is always there as the window does, and one of the person\'s own by its name', () => {
  const said = (language: 'en' | 'zh-CN', profile: string): string => problemText(createTranslator(language), { message: 'prepareFailed', params: { name: 'a.jpg', profile } });
  expect(said('en', 'private')).toBe('The picture a.jpg could not be made ready by the profile “Remove location and camera data”: it may be damaged.');
  expect(said('zh-CN', 'private')).toBe('无法按方案“去除位置和相机数据”处理图片 a.jpg：文件可能已损坏。');
  expect(said('en', 'none')).toContain('“Send files as they are”');
  expect(said('en', 'Blog')).toContain('“Blog”');
});
