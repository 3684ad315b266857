import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../shared/i18n/translator';
import { KeptBecause, LeftBecause, type PreparationReport, RemovedPart } from '../../shared/model/preparation-report';
import { preparedWords } from './prepared-words';

type Said = Pick<PreparationReport, 'removed' | 'kept' | 'left'>;
const words = (part: Partial<Said>, language: 'en' | 'zh-CN' = 'en'): string | null => preparedWords(createTranslator(language), { removed: [], kept: null, left: null, ...part });

describe('what the command line says of a file that was made ready', () => {
  it('is nothing where all went as asked and nothing that is seen is missing', () => {
    expect(words({})).toBeNull();
    expect(words({ left: 'nothing' })).toBeNull();
    const seen: readonly RemovedPart[] = ['pages', 'gainmap', 'script', 'handler', 'link', 'content'];
    expect(words({ removed: RemovedPart.options.filter((part) => !seen.includes(part)) })).toBeNull();
    for (const part of seen) expect([part, words({ removed: [part] })]).toEqual([part, expect.any(String)]);
  });

  it('has whole sentences for every reason, in both languages', () => {
    for (const language of ['en', 'zh-CN'] as const) {
      const all = [...KeptBecause.options.map((kept) => words({ kept }, language)), ...LeftBecause.options.filter((left) => left !== 'nothing').map((left) => words({ left }, language))];
      for (const one of all) expect(one).toMatch(language === 'en' ? /^[A-Z].+\.$/ : /^[一-鿿].+。$/);
      expect(new Set(all).size).toBe(all.length);
    }
  });

  it('says why location and camera data stayed', () => {
    expect(words({ kept: 'format', left: 'format' })).toBe('Location and camera data may still be in it: they cannot be removed from files of this kind. Left as it is: pictures of this kind cannot be changed here.');
    expect(words({ kept: 'cut' })).toBe('Location and camera data may still be in it: the file ends too early, so nothing was removed.');
  });

  it('names what a drawing lost once each, as the language writes a list', () => {
    expect(words({ removed: ['doctype', 'script', 'handler', 'link', 'content'] })).toBe('Removed from the drawing, which may look different now: scripts, outside links, content that is no drawing.');
    expect(words({ removed: ['pages', 'link', 'script'] }, 'zh-CN')).toBe('新图片中只有第一页。已从矢量图中去除，外观可能有变化：脚本、外部链接。');
  });
});
