import type { Memory, ProviderConfig } from '../contract';
import { textSetting } from '../common-settings';

/** The two ways a key can travel that are for programs; the third, a browser's session, is not. */
export type KeyWay = 'header' | 'token';

const REMEMBERED = 'keyWay';

/** The ways to try, in order: the set one, or the remembered one, or the header and then the form field. */
export const keyWays = (config: ProviderConfig, memory: Memory): readonly KeyWay[] => {
  if (textSetting(config.settings, 'flavour') === 'easyimages') return ['token'];
  const set = textSetting(config.settings, 'auth');
  if (set === 'header' || set === 'token') return [set];
  const known = memory.get(REMEMBERED);
  return known === 'header' || known === 'token' ? [known] : ['header', 'token'];
};

export const rememberKeyWay = (memory: Memory, way: KeyWay): void => {
  if (memory.get(REMEMBERED) !== way) memory.set(REMEMBERED, way);
};

export const keyHeaders = (way: KeyWay, key: string): Readonly<Record<string, string>> => (way === 'header' ? { 'X-API-Key': key } : {});
export const keyFields = (way: KeyWay, key: string): readonly (readonly [string, string])[] => (way === 'token' ? [['token', key]] : []);
