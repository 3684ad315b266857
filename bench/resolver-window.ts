import { writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { longestTurn, watchTurns } from './measure/event-loop-turns';
import { scrollThrough, type Scrolled } from './measure/scroll-through';
import { startSides, type Side } from './measure/two-sides';
import { documentOf, type Json } from './merge/documents';
import { note, noted, painted, watch } from './resolver-window/in-page';
import { median, type Bench, type Row } from './row';

const CONFLICTS = 10_000;
/** With the million lines of a list, and the conflicts, the document comes to 48 MB; the host takes 50 MiB. */
const BYTES = 40_000_000;
const LINES = 1_000_000;
const CHOICES = 7;
const KEY = 'doc';

type Window = { readonly app: ElectronApplication; readonly page: Page };

const sided = (side: string): Record<string, Json> => Object.fromEntries(Array.from({ length: CONFLICTS }, (_, i) => [`place ${String(i)}`, `${side} ${String(i)}`]));

/** Both sides change the same ten thousand places of a document; the first side's window has them to decide. */
const disagree = async (sides: readonly [Side, Side], rest: Record<string, Json>): Promise<void> => {
  const [app, other] = sides;
  const write = ({ file }: Side, side: string): void => writeFileSync(file, JSON.stringify({ clash: sided(side), ...rest }));
  write(app, 'before');
  writeFileSync(other.file, '{}');
  await app.add();
  await app.cli('sync', 'run');
  await other.add();
  await other.cli('sync', 'run');
  write(other, 'theirs');
  await other.cli('sync', 'run');
  write(app, 'mine');
};

const launch = async (electron: string, root: string, { env }: Side): Promise<Window> => {
  const app = await _electron.launch({ executablePath: electron, args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), root], env });
  const page = await app.firstWindow();
  await page.locator('html[data-ready]').waitFor({ state: 'attached' });
  await app.evaluate(watchTurns);
  await page.evaluate(note);
  return { app, page };
};

/** Until the place that is selected is drawn; the conflicts were found before. */
const open = async (page: Page): Promise<number> => {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Sync', exact: true }).click();
  const decide = page.getByRole('button', { name: /^Decide/ }).first();
  await decide.waitFor({ timeout: 120_000 });
  await decide.focus();
  await page.evaluate(watch, 'opened' as const);
  await page.keyboard.press('Enter');
  return page.evaluate(painted);
};

const timed = async (page: Page, key: string): Promise<number> => {
  await page.evaluate(watch, 'heard' as const);
  await page.keyboard.press(key);
  return page.evaluate(painted);
};

/** What a choice takes until its place, the list and the result show it. */
const choosing = async (page: Page): Promise<number> => {
  const took: number[] = [];
  for (let n = 0; n < CHOICES; n += 1) {
    took.push(await timed(page, n % 2 === 0 ? 'm' : 't'));
    await page.keyboard.press('j');
  }
  return median(took);
};

const takingAll = async (page: Page): Promise<number> => {
  await page.getByRole('button', { name: 'Take all' }).click();
  await page.getByRole('menuitem', { name: /^Take theirs for/ }).focus();
  return timed(page, 'Enter');
};

const ms = (value: number): string => `${value.toFixed(0)} ms`;
const quantile = (values: readonly number[], share: number): number => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
const within = (promise: string, took: number, most: number): Row => ({ promise, figure: ms(took), bound: `≤ ${ms(most)}`, ok: took <= most });

const scrollRow = (what: string, { frames, longTasks, atEnd }: Scrolled): Row => {
  const p95 = quantile(frames, 0.95);
  return { promise: `scrolling ${what}: p95 of the frames`, figure: `${ms(p95)}, longest task ${ms(longTasks[0] ?? 0)}${atEnd ? '' : ', its end not reached'}`, bound: '≤ 33 ms, no task over 100', ok: p95 <= 33 && (longTasks[0] ?? 0) <= 100 && atEnd };
};

/** The lines of the result with the long list open. */
const openTheList = async (page: Page): Promise<number> => {
  const tree = page.getByRole('treegrid', { name: 'The result' });
  const before = Number(await tree.getAttribute('aria-rowcount'));
  await page.getByRole('searchbox', { name: 'Find in the result' }).fill('lines');
  await page.keyboard.press('Enter');
  const line = tree.getByRole('row').filter({ hasText: /^lines/ });
  await line.click();
  for (;;) {
    const count = Number(await tree.getAttribute('aria-rowcount'));
    if (count > before + LINES / 2) return count;
    await pause(50);
  }
};

const turnsRow = (what: string, longest: number): Row => within(`longest synchronous stretch of the main process while ${what}`, longest, 50);

/** P6 to P8 of the resolver, in the real window. */
export const resolverWindow: Bench = {
  name: 'resolver-window',
  run: async (place) => {
    const rows: Row[] = [];
    for (const { name, rest } of [
      { name: `${String(CONFLICTS)} conflicts`, rest: {} },
      { name: `${String(CONFLICTS)} conflicts in 48 MB`, rest: { ...documentOf(BYTES), lines: Array.from({ length: LINES }, (_, i) => i) } },
    ]) {
      place.say(name);
      const large = Object.keys(rest).length > 0;
      const { sides, host } = await startSides({ ...place, folder: `${place.folder}/${large ? 'large' : 'small'}` }, KEY);
      await disagree(sides, rest);
      const { app, page } = await launch(place.electron, place.root, sides[0]);
      const opened = await open(page);
      if (!large) rows.push(within(`${name}: the resolver opens`, opened, 1000));
      else rows.push({ promise: `${name}: the resolver opens`, figure: ms(opened), bound: 'noted', ok: true });
      rows.push(turnsRow(`${name} are found and opened`, await app.evaluate(longestTurn)));
      const finding = await page.evaluate(noted);
      rows.push(within(`${name}: longest task of the window until then`, finding.longest, 100));
      rows.push(within(`${name}: a choice is shown`, await choosing(page), 100));
      rows.push(scrollRow(`the list of ${name}`, await page.evaluate(scrollThrough, { box: '[data-testid="lines"]:has([data-place])', end: `[data-line="${String(CONFLICTS)}"]` })));
      if (large) {
        const lines = await openTheList(page);
        rows.push(scrollRow(`${String(lines)} lines of the result`, await page.evaluate(scrollThrough, { box: '[data-testid="lines"]:has([data-node])', end: `[data-line="${String(lines - 1)}"]` })));
      }
      rows.push(within(`${name}: all are taken`, await takingAll(page), 500));
      rows.push(within(`${name}: that is undone`, await timed(page, 'Control+z'), 500));
      const working = await page.evaluate(noted);
      rows.push({ promise: `${name}: longest task of the window, most rows drawn`, figure: `${ms(working.longest)}, ${String(working.rows)}`, bound: '≤ 100 ms, ≤ 200', ok: working.longest <= 100 && working.rows <= 200 });
      rows.push(turnsRow(`${name} are decided`, await app.evaluate(longestTurn)));
      await app.close();
      await host.stop();
    }
    return rows;
  },
};
