import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { fieldProblem, suggestName, toAccountDraft, type DraftForm } from './account-draft';

const form: DraftForm = {
  id: null,
  provider: 'chevereto',
  url: ' https://www.picgo.net ',
  name: ' Mine ',
  settings: {},
  secrets: { key: '' },
  secretsSet: ['key'],
  makeDefault: true,
};
const declared = { key: 'key', label: { en: '', 'zh-CN': '' }, help: { en: '', 'zh-CN': '' }, required: true, advanced: false, type: 'secret' } as const;

describe('the account form', () => {
  it('leaves a secret that was not typed again as it is', () => {
    expect(toAccountDraft(form).secrets).toEqual({});
    expect(fieldProblem(declared, form)).toBeNull();
  });

  it('asks for a required secret that has no value yet', () => {
    expect(fieldProblem(declared, { ...form, secretsSet: [] })).toEqual({ key: 'formMissing' });
  });

  it('suggests a name that nobody has', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('picgo.net', 'picgo.net 2', 'picgo.net 3', 'other')), (taken) => {
        expect(taken).not.toContain(suggestName('https://www.picgo.net/x', taken));
      }),
    );
  });

  it('suggests the name of the folder for another Picferry', () => {
    expect([suggestName('/home/me/second', []), suggestName('/home/me/second/', ['second']), suggestName('C:\\Users\\me\\Second', [])]).toEqual(['second', 'second 2', 'Second']);
  });

  it('suggests nothing for what is no address', () => {
    expect(suggestName('', [])).toBe('');
  });
});
