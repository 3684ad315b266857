import { expect, it } from 'vitest';
import { newProfile } from '../../shared/model/preparation-profiles';
import { exampleName } from './example-name';

const named = (naming: Partial<ReturnType<typeof newProfile>['naming']>) => {
  const profile = newProfile('p', 'Blog');
  return { ...profile, naming: { ...profile.naming, ...naming } };
};

it('shows what a profile makes of a name, letters and extension included', async () => {
  const at = new Date(2026, 4, 2).getTime();
  expect(await exampleName(named({}), 'IMG 1.JPG', at, 1)).toBe('IMG 1.JPG');
  expect(await exampleName(named({ template: '{date:YYYY-MM}-{name}-{counter:3}' }), '港 口.JPG', at, 1)).toBe('2026-05-港 口-001.JPG');
  expect(await exampleName(named({ template: '{name}.{ext}', lowerCase: true }), 'IMG.JPG', at, 1)).toBe('img.jpg');
  expect(await exampleName(named({ slug: 'letters' }), '港 口（1）.JPG', at, 1)).toBe('港-口-1.JPG');
  expect(await exampleName(named({ template: '{sha256:8}{md5:4}' }), 'IMG.JPG', at, 1)).toMatch(/^[0-9a-f]{12}\.JPG$/);
  expect(await exampleName(named({ template: '{clipboard-app} {counter}' }), 'IMG.JPG', at, 42)).toBe('firefox 42.JPG');
});
