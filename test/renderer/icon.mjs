/** Draws resources/icon.svg as the pictures that desktops ask for: node test/renderer/icon.mjs */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { chromium } from 'playwright';

const resources = resolve(import.meta.dirname, '../../resources');
const drawing = readFileSync(resolve(resources, 'icon.svg'), 'utf8');
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
for (const size of [16, 32, 512]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${drawing}`);
  await page.screenshot({ path: resolve(resources, size === 512 ? 'icon.png' : `icon-${size}.png`), omitBackground: true });
  await page.close();
}
await browser.close();
