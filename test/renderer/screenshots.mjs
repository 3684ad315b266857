/* global DataTransfer, DragEvent, File */
/**
 * Pictures of every screen of the window over invented data, for looking at:
 *   npx vite build --config test/renderer/vite.config.ts && node test/renderer/screenshots.mjs [NAME_PATTERN]
 * They land in test-results/renderer/. Uses Debian's Chromium, or the one named by CHROMIUM.
 */
import { createServer } from 'node:http';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright';
import { albumShots } from './shots-albums.mjs';

const home = resolve(process.env.OUT ?? resolve(import.meta.dirname, '../../test-results/renderer'));
const page = resolve(process.env.PAGE ?? join(home, 'page'));
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' app: blob: data:; connect-src 'none'; font-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'";

const server = createServer((request, response) => {
  const path = new URL(request.url ?? '/', 'http://page').pathname;
  const file = join(page, path === '/' ? 'index.html' : path);
  if (!file.startsWith(page) || !existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream', 'content-security-policy': policy });
  return response.end(readFileSync(file));
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const { port } = server.address();

const wide = { width: 1040, height: 700 };
const narrow = { width: 640, height: 480 };
const shots = [];
const add = (name, options) => shots.push({ name, scene: 'working', theme: 'light', language: 'en', route: 'upload', size: wide, zoom: 1, act: null, ...options });
const palette = (window) => window.keyboard.press('Control+k');
const keys = (window) => window.keyboard.press('?');
const section = (name) => (window) => window.getByRole('tab', { name }).click();

for (const theme of ['light', 'dark'])
  for (const language of ['en', 'zh-CN'])
    for (const route of ['upload', 'library', 'settings'])
      add(`${route}-${theme}-${language}`, { theme, language, route });
for (const route of ['upload', 'library', 'settings', 'gallery']) add(`${route}-contrast`, { theme: 'contrast', route });
for (const language of ['en', 'zh-CN']) {
  add(`upload-empty-${language}`, { scene: 'empty', language });
  add(`upload-errors-${language}`, { scene: 'errors', language });
  add(`library-empty-${language}`, { scene: 'empty', language, route: 'library' });
  add(`palette-${language}`, { language, act: palette });
  add(`keys-${language}`, { language, act: keys });
  for (const route of ['upload', 'library', 'settings']) add(`${route}-narrow-${language}`, { language, route, size: narrow });
}
add('upload-empty-dark', { scene: 'empty', theme: 'dark' });
add('upload-empty-narrow', { scene: 'empty', size: narrow });
add('upload-many', { scene: 'many' });
add('upload-rail-closed', { rail: 'closed' });
add('library-many', { scene: 'many', route: 'library' });
add('gallery-light', { route: 'gallery', size: { width: 1040, height: 1600 } });
add('gallery-dark', { route: 'gallery', theme: 'dark', size: { width: 1040, height: 1600 } });
for (const route of ['upload', 'library', 'settings']) add(`${route}-zoom200`, { route, zoom: 2 });
for (const [name, label] of [['uploading', 'Uploading'], ['links', 'Links'], ['api', 'Local API'], ['network', 'Network'], ['appearance', 'Appearance'], ['about', /about/i]])
  add(`settings-${name}`, { route: 'settings', act: section(label) });
for (const [look, options] of [['', {}], ['-dark', { theme: 'dark' }], ['-zh', { language: 'zh-CN' }], ['-narrow', { size: narrow }]])
  add(`settings-api-long${look}`, { route: 'settings', size: { width: 1040, height: 1500 }, ...options, act: section(/Local API|本地接口/) });
const drag = (window) =>
  window.evaluate(() => {
    const dataTransfer = new DataTransfer();
    for (const [name, type] of [['a.png', 'image/png'], ['b.jpg', 'image/jpeg'], ['c.mp4', 'video/mp4'], ['folder', '']]) dataTransfer.items.add(new File(['x'], name, { type }));
    document.body.dispatchEvent(new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true }));
  });
add('drop-en', { act: drag });
add('drop-zh-CN', { act: drag, language: 'zh-CN', theme: 'dark', size: narrow });
for (const language of ['en', 'zh-CN']) {
  add(`account-form-${language}`, {
    route: 'settings',
    language,
    act: async (window) => {
      await window.getByRole('button', { name: /^(Add account|添加账号)$/ }).click();
    },
  });
}
add('copied', {
  act: async (window) => {
    await window.getByRole('button', { name: 'Copy', exact: true }).first().click();
    await window.getByText(/link copied/).first().waitFor();
  },
});
const inLibrary = (name, options) => add(name, { route: 'library', ...options });
const pick = async (window) => {
  await window.locator('[data-row="1"]').click();
  await window.keyboard.press('Shift+ArrowRight');
  await window.keyboard.press('Shift+ArrowRight');
};
const asList = (window) => window.getByRole('radio', { name: /List|列表/ }).check({ force: true });
const details = async (window) => {
  await window.locator('[data-row="0"]').click();
  await window.keyboard.press('Control+i');
  await window.getByText(/History|历史/).waitFor();
};
const preview = async (window) => {
  await window.locator('[data-row="0"]').click();
  await window.keyboard.press(' ');
  await window.getByText(/from the host|来自图床/).waitFor();
};
const ask = (entry) => async (window) => {
  await pick(window);
  await window.getByRole('button', { name: /^(More|更多)$/ }).click();
  await window.getByRole('menuitem', { name: entry }).click();
};
const filtered = async (window) => {
  await window.getByRole('searchbox').fill('img');
  for (const [menu, choice] of [[/^(Type|类型)$/, /^(Pictures|图片)$/], [/^(Date|日期)$/, /^(Last 7 days|最近 7 天)$/]]) {
    await window.getByRole('button', { name: /^(Filter|筛选)$/ }).click();
    await window.getByRole('menuitem', { name: menu }).click();
    await window.getByRole('menuitem', { name: choice }).click();
  }
  await window.getByRole('group', { name: /Active filters|当前筛选/ }).waitFor();
};
inLibrary('library-selected', { act: pick });
inLibrary('library-selected-narrow', { act: pick, size: narrow, language: 'zh-CN' });
inLibrary('library-list', { act: asList });
inLibrary('library-list-zh-CN', { act: asList, language: 'zh-CN', theme: 'dark' });
inLibrary('library-list-narrow', { act: asList, size: narrow });
for (const [name, options] of [['', {}], ['-zh-CN', { language: 'zh-CN', theme: 'dark' }], ['-contrast', { theme: 'contrast' }], ['-narrow', { size: narrow }]]) inLibrary(`library-details${name}`, { act: details, size: { width: 1040, height: 1400 }, ...options });
for (const [name, options] of [['', {}], ['-zh-CN', { language: 'zh-CN', theme: 'dark' }], ['-narrow', { size: narrow }]]) inLibrary(`library-preview${name}`, { act: preview, ...options });
inLibrary('library-filtered', { act: filtered });
inLibrary('library-filtered-zh-CN', { act: filtered, language: 'zh-CN', size: narrow });
inLibrary('library-filter-menu', { act: async (window) => {
  await window.getByRole('button', { name: 'Filter', exact: true }).click();
  await window.getByRole('menuitem', { name: 'State' }).click();
  await window.getByRole('menuitem', { name: 'Link dead' }).hover();
} });
inLibrary('library-nothing', { act: async (window) => {
  await window.getByRole('searchbox').fill('no such name');
  await window.getByText('Nothing matches').waitFor();
} });
inLibrary('library-fails', { scene: 'library-fails' });
inLibrary('library-reading', { scene: 'library-slow', act: async (window) => {
  await window.getByTestId('library-scroll').evaluate((list) => list.scrollTo(0, 60_000));
} });
inLibrary('library-context', { act: (window) => window.locator('[data-row="2"]').click({ button: 'right' }) });
inLibrary('library-tags', { act: ask(/Tags…/) });
inLibrary('library-move', { act: ask(/Move to album/) });
inLibrary('library-again', { act: ask(/Upload again/) });
inLibrary('library-repair-zh-CN', { language: 'zh-CN', act: ask(/修复失效链接/) });
inLibrary('library-missing', { act: async (window) => {
  await ask(/Upload again/)(window);
  await window.getByRole('button', { name: 'Upload again' }).click();
} });
inLibrary('library-delete-one', { act: async (window) => {
  await window.locator('[data-row="1"]').click();
  await window.keyboard.press('Delete');
} });
inLibrary('library-delete', { act: async (window) => {
  await window.locator('[data-row="1"]').click();
  await window.keyboard.press('Control+a');
  await window.keyboard.press('Delete');
  await window.getByText('accounts?').waitFor();
} });
inLibrary('library-removed', { act: async (window) => {
  await ask(/Remove from the library/)(window);
  await window.getByText('3 records removed').first().waitFor();
} });
inLibrary('library-hundred', { scene: 'hundred', act: async (window) => {
  await window.getByTestId('library-scroll').evaluate((list) => list.scrollTo(0, list.scrollHeight / 2));
  await window.locator('[data-row] img').first().waitFor();
} });
albumShots(add);

const drawn = (name) => {
  let seed = 7;
  for (const letter of name) seed = (seed * 31 + letter.charCodeAt(0)) % 360;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 64"><rect width="96" height="64" fill="hsl(${seed} 45% 70%)"/><circle cx="70" cy="18" r="8" fill="hsl(${(seed + 60) % 360} 80% 80%)"/><path d="M0 64l30-34 18 18 14-12 34 28z" fill="hsl(${seed} 40% 38%)"/></svg>`;
};

mkdirSync(home, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const wanted = shots.filter((shot) => new RegExp(process.argv[2] ?? '').test(shot.name));
const faults = [];
for (const shot of wanted) {
  const size = { width: Math.round(shot.size.width / shot.zoom), height: Math.round(shot.size.height / shot.zoom) };
  const context = await browser.newContext({ viewport: size, deviceScaleFactor: shot.zoom, timezoneId: 'UTC', reducedMotion: 'reduce' });
  const window = await context.newPage();
  window.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !message.text().includes('app://')) faults.push(`${shot.name}: ${message.text()}`);
  });
  window.on('pageerror', (error) => faults.push(`${shot.name}: ${error.message}`));
  await window.clock.setFixedTime(Date.UTC(2026, 10, 20, 9, 30));
  // The thumbnails' own scheme exists only in the app, so pictures are drawn here instead.
  await window.addInitScript({
    content: `const draw = ${drawn.toString()};
      const own = (element, name, value) =>
        element instanceof HTMLImageElement && name === 'src' && String(value).startsWith('app://') ? 'data:image/svg+xml,' + encodeURIComponent(draw(String(value))) : value;
      const setAttribute = Element.prototype.setAttribute;
      Element.prototype.setAttribute = function (name, value) { return setAttribute.call(this, name, own(this, name, value)); };
      const src = Object.getOwnPropertyDescriptor(HTMLImageElement.prototype, 'src');
      Object.defineProperty(HTMLImageElement.prototype, 'src', { ...src, set(value) { src.set.call(this, own(this, 'src', value)); } });`,
  });
  const query = new URLSearchParams({ scene: shot.scene, theme: shot.theme, language: shot.language, ...(shot.rail ? { rail: shot.rail } : {}) });
  await window.goto(`http://127.0.0.1:${port}/?${query}#/${shot.route}`);
  await window.locator('html[data-ready]').waitFor({ timeout: 10_000 });
  try {
    if (shot.act !== null) await shot.act(window);
    await window.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const { violations } = await new AxeBuilder({ page: window }).setLegacyMode(true).analyze();
    for (const one of violations.filter(({ impact }) => impact === 'serious' || impact === 'critical'))
      faults.push(`${shot.name}: axe ${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`);
    const spill = await window.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (spill > 0) faults.push(`${shot.name}: ${spill} px wider than the window`);
  } catch (error) {
    faults.push(`${shot.name}: ${String(error).split('\n')[0]}`);
  }
  await window.screenshot({ path: join(home, `${shot.name}.png`) });
  await context.close();
}
await browser.close();
server.close();
process.stdout.write(`${wanted.length} pictures\n${[...new Set(faults)].join('\n')}\n`);
process.exitCode = faults.length > 0 ? 1 : 0;
