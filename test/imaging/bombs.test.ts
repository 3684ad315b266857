import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createStudio, type Studio } from '../../src/main/imaging';
import { hardenSharp } from '../../src/main/imaging/make-thumbnail';
import { loadSharp } from '../../src/main/imaging/load-sharp';
import { PreparationProfile } from '../../src/shared/model/preparation';
import { chunk, painted } from '../pictures/sample-pictures';
import { heicPhoto } from '../pictures/sample-heifs';
import { builtImaging } from './built-imaging';

let [folder, studio] = ['', null as unknown as Studio];
let good: Buffer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-bombs-'));
  const after = (ms: number, act: () => void) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  };
  studio = createStudio({ children: await builtImaging('bombs'), size: 1, after });
  good = await painted(hardenSharp(loadSharp(import.meta.url, 'linux'))).jpeg().toBuffer();
}, 60_000);
afterAll(() => {
  studio.close();
  rmSync(folder, { recursive: true, force: true });
});

const never = new AbortController().signal;
let count = 0;
const make = (bytes: Uint8Array | string, signal = never) => {
  const path = join(folder, `bomb-${(count += 1)}`);
  writeFileSync(path, bytes);
  return studio.make(path, `${path}.made`, PreparationProfile.parse({ id: 'p', name: 'p', format: 'webp', resize: { by: 'longest', value: 2048 } }), signal);
};

/** A true PNG of one colour: its data are a thousandth of its pixels. */
const vastPng = (width: number, height: number): Buffer => {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([1, 0, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc(Math.min(height, 2_000) * (Math.ceil(width / 8) + 1)), { level: 9 });
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', head), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
};

const manyFrames = (frames: number): Buffer => {
  const frame = Buffer.from('21f90400010000002c00000000010001000002024c0100', 'hex');
  return Buffer.concat([Buffer.from('47494638396101000100800000000000ffffff', 'hex'), ...Array.from({ length: frames }, () => frame), Buffer.from([0x3b])]);
};

const nested = (open: string, close: string, times: number): string => `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">${open.repeat(times)}${close.repeat(times)}</svg>`;

const doubled = (times: number): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect id="a0" width="5" height="5"/>${Array.from({ length: times }, (_, at) => `<g id="a${at + 1}"><use href="#a${at}"/><use href="#a${at}"/></g>`).join('')}</svg>`;
const laughs = (times: number): string =>
  `<!DOCTYPE svg [<!ENTITY w0 "ha">${Array.from({ length: times }, (_, at) => `<!ENTITY w${at + 1} "${`&w${at};`.repeat(10)}">`).join('')}]><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>&w${times};</text></svg>`;
/** What stops a drawing has a word of its own. */
const WORDS: Readonly<Record<string, string>> = { 'a drawing nested deep': 'trap', 'a drawing that multiplies itself': 'trap', 'a drawing of words of words': 'trap' };

test('pictures made to exhaust who reads them fail with a word, cost this process nothing, and the next one is made', async () => {
  const bombs: readonly (readonly [string, Uint8Array | string])[] = [
    ['50,000 by 50,000 pixels', vastPng(50_000, 50_000)],
    ['a hundred thousand frames', manyFrames(100_000)],
    ['a drawing nested deep', nested('<g>', '</g>', 100_000)],
    ['a drawing that multiplies itself', doubled(30)],
    ['a drawing of words of words', laughs(9)],
    ['half a photo', good.subarray(0, good.length / 2)],
    ['half an HEIC', heicPhoto().subarray(0, 3000)],
    ['nothing of a picture', 'GIF89a'],
  ];
  expect(await make(good)).toMatchObject({ type: 'made' });
  const before = process.memoryUsage.rss();
  for (const [name, bytes] of bombs) {
    expect([name, await make(bytes)]).toMatchObject([name, { type: 'failed', ...(WORDS[name] === undefined ? {} : { why: WORDS[name] }) }]);
    expect([name, await make(good)]).toMatchObject([name, { type: 'made' }]);
  }
  expect(process.memoryUsage.rss() - before).toBeLessThan(96 * 1024 * 1024);
}, 120_000);

test('a drawing that would be drawn for hours is given up in a time that people wait, and the next picture is made', async () => {
  const hours = '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"><filter id="f"><feTurbulence baseFrequency="0.5" numOctaves="100000"/></filter><rect width="900" height="900" filter="url(#f)"/></svg>';
  const before = performance.now();
  expect(await make(hours)).toEqual({ type: 'failed', why: 'slow' });
  expect(performance.now() - before).toBeLessThan(40_000);
  expect(await make(good)).toMatchObject({ type: 'made' });
}, 90_000);

test('work that is cancelled ends at once, and the next one is made', async () => {
  const abort = new AbortController();
  const slow = make(vastPng(14_000, 14_000), abort.signal);
  const next = make(good);
  abort.abort();
  expect(await slow).toEqual({ type: 'cancelled' });
  expect(await next).toMatchObject({ type: 'made' });
}, 60_000);
