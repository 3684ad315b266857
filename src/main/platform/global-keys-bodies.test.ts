import { expect, it } from 'vitest';
import { createGlobalKeys, type ElectronKeys } from './global-keys-bodies';

it('acts in a turn of its own, not within the event that brings the key', async () => {
  let press = (): void => undefined;
  const keys: ElectronKeys = {
    register: (_accelerator, act) => {
      press = act;
      return true;
    },
    unregister: () => undefined,
  };
  const acted: string[] = [];
  expect(createGlobalKeys(keys, 'grabs').register('F9', () => acted.push('act'))).toBe(true);
  press();
  acted.push('the event is over');
  await new Promise((resolve) => setImmediate(resolve));
  expect(acted).toEqual(['the event is over', 'act']);
});

it('says that a combination cannot be read where Electron throws', () => {
  const register = (): boolean => {
    throw new TypeError('Error processing argument');
  };
  expect(createGlobalKeys({ register, unregister: () => undefined }, 'grabs').register('Ctrl+Nokey', () => undefined)).toBe('bad');
});
