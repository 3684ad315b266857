/** Draws resources/tray: the icon of the tray in each state, coloured and as macOS's template: node test/renderer/tray-icons.mjs */
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { chromium } from 'playwright';

const folder = resolve(import.meta.dirname, '../../resources/tray');
const STEPS = 8;

/** The ferry and its picture on a grid of 16, two units higher where something stands below. */
const ferry = (ink, hole, up) => `
  <g transform="translate(0 ${up})">
    <rect x="4" y="2.500" width="8" height="6" rx="1" fill="${ink}"/>
    <path d="M5.200 7.500l2-2.600 1.500 1.900.9-.9 1.300 1.600z" fill="${hole}"/>
    <path d="M1.500 9.500h13l-1.600 2.900a1.600 1.600 0 0 1-1.400.8h-7a1.600 1.600 0 0 1-1.400-.8z" fill="${ink}"/>
  </g>`;

const bar = (x, width, part, track, fill) => `
  <rect x="${x}" y="12.500" width="${width}" height="2" rx="1" fill="${track}"/>
  <rect x="${x}" y="12.500" width="${Math.max(2, width * part)}" height="2" rx="1" fill="${fill}"/>`;

const coloured = {
  idle: `<rect width="16" height="16" rx="3.500" fill="#0b7480"/>${ferry('#fff', '#0b7480', 0)}`,
  paused: `<rect width="16" height="16" rx="3.500" fill="#5d6b6d"/><rect x="4.500" y="4" width="2.500" height="8" rx=".8" fill="#fff"/><rect x="9" y="4" width="2.500" height="8" rx=".8" fill="#fff"/>`,
  busy: (part) => `<rect width="16" height="16" rx="3.500" fill="#0b7480"/>${ferry('#fff', '#0b7480', -1.5)}${bar(2, 12, part, '#064a52', '#f3b63f')}`,
};

/** Black on nothing: the system colours it. What is not reached yet is lighter. */
const template = {
  idle: `<mask id="m"><rect width="16" height="16" fill="#fff"/><path d="M5.200 7.500l2-2.600 1.500 1.900.9-.9 1.300 1.600z" fill="#000"/></mask><g mask="url(#m)">${ferry('#000', '#000', 0)}</g>`,
  paused: '<rect x="4" y="3" width="3" height="10" rx="1"/><rect x="9" y="3" width="3" height="10" rx="1"/>',
  busy: (part) => `<mask id="m"><rect width="16" height="16" fill="#fff"/><path transform="translate(0 -1.5)" d="M5.200 7.500l2-2.600 1.500 1.900.9-.9 1.300 1.600z" fill="#000"/></mask><g mask="url(#m)">${ferry('#000', '#000', -1.5)}</g>${bar(1.5, 13, part, 'rgb(0 0 0 / .3)', '#000')}`,
};

const states = [['idle', (set) => set.idle], ['paused', (set) => set.paused]];
for (let step = 1; step <= STEPS; step += 1) states.push([`busy-${step}`, (set) => set.busy(step / STEPS)]);

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
for (const [name, set] of [['coloured', coloured], ['template', template]]) {
  mkdirSync(resolve(folder, name), { recursive: true });
  for (const [state, draw] of states) {
    for (const size of [16, 32]) {
      const page = await browser.newPage({ viewport: { width: size, height: size } });
      await page.setContent(`<style>body{margin:0}svg{display:block}</style><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" width="${size}" height="${size}">${draw(set)}</svg>`);
      await page.screenshot({ path: resolve(folder, name, `${state}-${size}.png`), omitBackground: true });
      await page.close();
    }
  }
}
await browser.close();
