import { describe, expect, it } from 'vitest';
import { problemOf } from '../../lib/picferry-error';
import { shownState, testWord } from './offline-words';

const away = problemOf({ kind: 'network', message: 'neighbourAway', params: { folder: '/second' } }, 1);
const refused = problemOf({ kind: 'auth', message: 'authBad' }, 1);

describe('a host that does not answer', () => {
  it('leaves a document offline, as in the window, and other troubles do not', () => {
    expect([shownState({ state: 'failed', problem: away }), shownState({ state: 'failed', problem: refused }), shownState({ state: 'conflict', problem: away }), shownState({ state: 'clean', problem: null })]).toEqual(['offline', 'failed', 'conflict', 'clean']);
  });
  it('says nothing about how its account is set up', () => {
    const step = { what: 'reach', result: 'fails' } as const;
    expect(testWord({ canUpload: false, steps: [{ ...step, problem: away }] })).toBe('testAway');
    expect(testWord({ canUpload: false, steps: [{ ...step, problem: refused }] })).toBe('testFailed');
    expect(testWord({ canUpload: true, steps: [] })).toBe('testPassed');
  });
});
