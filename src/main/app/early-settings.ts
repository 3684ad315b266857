import { readFileSync } from 'node:fs';
import { LANGUAGES, THEMES } from '../../shared/model/appearance';
import type { Settings } from '../../shared/model/settings';

/** What the first paint needs, before the settings service and its store are loaded. */
export type EarlySettings = Pick<Settings, 'theme' | 'language' | 'window'>;

type Stored = { readonly [name: string]: unknown };

const objectOf = (value: unknown): Stored => (typeof value === 'object' && value !== null ? (value as Stored) : {});

const oneOf = <T extends string>(all: readonly [T, ...T[]], value: unknown): T => all.find((one) => one === value) ?? all[0];

const placeOf = (value: unknown): EarlySettings['window'] => {
  const { x, y, width, height, display } = objectOf(value);
  if (typeof x !== 'number' || typeof y !== 'number' || typeof width !== 'number' || typeof height !== 'number') return null;
  return typeof display === 'string' ? { x, y, width, height, display } : null;
};

/**
 * Read only and forgiving: what is missing or damaged gives the default; the settings service deals with it later.
 * Checked by hand, not by the schema: that and its library load while the window opens, which they would hold up by a tenth
 * of the time to the first frame. The schema and this agree on every file that the schema takes.
 */
export const readEarlySettings = (file: string): EarlySettings => {
  let stored: Stored;
  try {
    stored = objectOf(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    stored = {};
  }
  return { theme: oneOf(THEMES, stored['theme']), language: oneOf(LANGUAGES, stored['language']), window: placeOf(stored['window']) };
};
