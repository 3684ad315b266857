import { expect, test } from 'vitest';
import type { PreparationReport } from '../../shared/model/preparation-report';
import { mayLookOther, reportWords } from './report-words';
import { createText } from './text';

const report = (part: Partial<PreparationReport>): PreparationReport => ({ removed: [], kept: null, left: null, recoded: false, originalBytes: 1, ...part });
const english = createText('en');

test('a row says first what may be missed of what went', () => {
  const done = (...removed: PreparationReport['removed']): readonly string[] => reportWords(report({ removed }), english).done;
  expect(done('location', 'exif', 'content', 'script')).toEqual(['content removed']);
  expect(done('location', 'exif', 'pages')).toEqual(['first page only']);
  expect(done('exif', 'location')).toEqual(['location removed']);
  expect(done('handler')).toEqual(['scripts removed']);
  expect(done('profile')).toEqual([]);
});

test('content that was seen and is gone is told in a sentence, before what else there is to say', () => {
  const gone = 'What is no drawing in it, such as a web page, was removed although it could be seen.';
  expect(reportWords(report({ removed: ['content'] }), english).kept).toBe(gone);
  expect(reportWords(report({ removed: ['content'], left: 'drawing' }), english).kept).toBe(`${gone} ${english.t('left_drawing')}`);
  expect(reportWords(report({ removed: ['link'], left: 'nothing' }), english).kept).toBeNull();
});

test('a drawing that lost what may have been seen is not said to look the same', () => {
  for (const part of ['script', 'handler', 'link', 'content'] as const) expect(mayLookOther(report({ removed: ['exif', part] }))).toBe(true);
  expect(mayLookOther(report({ removed: ['exif', 'location', 'doctype', 'packing', 'other'] }))).toBe(false);
});
