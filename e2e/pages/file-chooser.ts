import { execFileSync, spawnSync } from 'node:child_process';
import { expect } from '@playwright/test';

const SMALLEST = 400;

const xdotool = (...words: readonly string[]): string => spawnSync('xdotool', words, { encoding: 'utf8' }).stdout;

/** Ids of the system's choosers that are open: windows of some size without a name; Picferry's own has one. */
const choosers = (): readonly string[] => {
  const wholeDisplay = xdotool('getdisplaygeometry').trim();
  const ids = xdotool('search', '--onlyvisible', '--name', '^$').split('\n').filter(Boolean);
  return ids.filter((id) => {
    const { WIDTH = '', HEIGHT = '' } = Object.fromEntries(xdotool('getwindowgeometry', '--shell', id).split('\n').map((line) => line.split('='))) as Readonly<Record<string, string>>;
    return Number(WIDTH) >= SMALLEST && Number(HEIGHT) >= SMALLEST && `${WIDTH} ${HEIGHT}` !== wholeDisplay;
  });
};

/**
 * Waits for the system's file chooser, types a path of plain letters into it as a person would and confirms; it is gone when
 * this resolves. A chooser for opening shows its place for a path at the first letter and may miss the next ones meanwhile:
 * that letter comes alone, and the whole is typed over it, no faster than a person can.
 */
export const typeIntoFileChooser = async (path: string): Promise<void> => {
  await expect.poll(choosers).toHaveLength(1);
  const [id = ''] = choosers();
  execFileSync('xdotool', ['windowfocus', '--sync', id]);
  await expect(async () => {
    execFileSync('xdotool', ['key', 'slash']);
    execFileSync('xdotool', ['key', 'ctrl+a', 'type', '--delay', '15', path]);
    execFileSync('xdotool', ['key', 'Return']);
    await expect.poll(choosers, { timeout: 1500 }).toHaveLength(0);
  }).toPass();
};
