import { expect, test } from 'vitest';
import { clockOf, notDrawn } from './upload-words';

test('pictures that the window cannot draw are known by their type, whatever its case; all others are tried', () => {
  expect(['image/tiff', 'IMAGE/HEIC', 'image/jxl'].map(notDrawn)).toEqual(['TIFF', 'HEIC', 'JPEG XL']);
  expect(['image/png', 'image/avif', 'video/mp4', 'application/pdf', '', null].map(notDrawn)).toEqual([null, null, null, null, null, null]);
});

test('a duration is read in minutes and seconds, with hours where there are any', () => {
  expect([0, 59.6, 61, 3661, -1].map(clockOf)).toEqual(['0:00', '1:00', '1:01', '1:01:01', '0:00']);
});
