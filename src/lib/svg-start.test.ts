import { expect, test } from 'vitest';
import { beginsSvg } from './svg-start';

const begins = (text: string): boolean => beginsSvg(Buffer.from(text));

test('tells an SVG by its first tag, with all that may stand before it', () => {
  const before = ['', '\ufeff', ' \n', '<?xml version="1.0"?>\n', '<!-- by hand --> <!-- twice -->', '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x">', '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "b"> <!-- > -->]>\n<!-- x -->'];
  for (const text of before) expect([text, begins(`${text}<svg xmlns="http://www.w3.org/2000/svg"/>`)]).toEqual([text, true]);
  for (const text of ['', '<', '<svgx>', '<html><svg>', 'text <svg>', '<!-- <svg>', '<!DOCTYPE svg [', '<?xml', '\x89PNG']) expect([text, begins(text)]).toEqual([text, false]);
});

test('is quick whatever a file begins with', () => {
  const started = Date.now();
  for (const part of ['<!---->', '<!-- --> ', '<?xml>', ' ', '<!DOCTYPE>', '<!DOCTYPE [>', '<!--']) expect(begins(part.repeat(8000 / part.length) + 'x')).toBe(false);
  expect(Date.now() - started).toBeLessThan(2000);
});
