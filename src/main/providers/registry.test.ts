import { expect, test } from 'vitest';
import { problems as en } from '../../shared/i18n/en/problems';
import { problems as zh } from '../../shared/i18n/zh/problems';
import { ProviderDescriptor } from '../../shared/model/provider';
import { createRegistry } from './registry';
import { defaultSettings, redact, secretKeys, settingFromText, settingsSchema } from './settings-schema';

const registry = createRegistry();

test('describes every provider in a form that the window can read', () => {
  expect(registry.descriptors().map(({ id }) => id).sort()).toEqual(['chevereto', 'imgurl', 'picferry', 'smms', 'wizs']);
  for (const descriptor of registry.descriptors()) expect(ProviderDescriptor.parse(descriptor)).toEqual(descriptor);
});
test('says before the first upload that the public SM.MS is closed', () => {
  expect(registry.definition('smms').notice?.en).toMatch(/closed/);
});
test('fills in the size limit of the one site that states it', () => {
  expect(registry.definition('wizs').prefill?.('https://pic.us.wizs.vip')).toEqual({ maxBytes: 52_428_800 });
  expect(registry.definition('wizs').prefill?.('http://127.0.0.1:4000')).toEqual({});
});
test('checks settings by their declarations', () => {
  const { settings } = registry.definition('chevereto');
  expect(defaultSettings(settings)).toEqual({ album: '', keyIn: 'auto', video: false, maxBytes: null, concurrency: null, allowHttp: false });
  expect(secretKeys(settings)).toEqual(['key']);
  const schema = settingsSchema(settings);
  for (const bad of [{ keyIn: 'elsewhere' }, { concurrency: 0 }, { maxBytes: 1.5 }, { key: 'a secret' }, { unknown: 1 }]) expect(schema.safeParse(bad).success).toBe(false);
});
test('reads settings from words of a command line', () => {
  const of = (key: string, text: string) => {
    const declaration = registry.definition('chevereto').settings.find((setting) => setting.key === key);
    return declaration === undefined ? 'no such setting' : settingFromText(declaration, text);
  };
  expect([of('video', 'on'), of('video', '0'), of('video', 'maybe')]).toEqual([true, false, undefined]);
  expect([of('concurrency', '3'), of('concurrency', ''), of('concurrency', '99'), of('concurrency', '1e1')]).toEqual([3, null, undefined, undefined]);
  expect([of('keyIn', 'field'), of('keyIn', 'x'), of('album', 'AbC'), of('key', 'secret')]).toEqual(['field', undefined, 'AbC', undefined]);
});
test('removes secrets from a text, also in their encoded form', () => {
  expect(redact('a s3cret/+ b s3cret%2F%2B', ['s3cret/+', ''])).toBe('a ••• b •••');
});
test('has a text in both languages for every message', () => {
  expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
  for (const key of Object.keys(en) as (keyof typeof en)[]) expect([...en[key].matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort()).toEqual([...zh[key].matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort());
});
