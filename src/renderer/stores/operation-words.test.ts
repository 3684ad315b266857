import { describe, expect, it } from 'vitest';
import type { Operation } from '../../shared/model/operation';
import { canRetry, inBarOrder, isUndone, newestWaiting, operationProgress, operationText, operationTone, outcomeOrder } from './operation-words';
import { ItemOutcome } from '../../shared/model/operation';
import { createText } from './text';

const NOW = Date.UTC(2026, 10, 20, 9, 30);
const english = createText('en');

const operation = (changed: Partial<Operation>): Operation => ({
  id: 'one',
  kind: 'delete',
  state: 'done',
  startsAt: null,
  total: 50,
  done: 50,
  outcomes: {},
  subject: 'Blog',
  problem: null,
  createdAt: NOW,
  finishedAt: NOW,
  ...changed,
});

describe('what is said of an operation', () => {
  it('counts down to a deletion that can still be undone', () => {
    const waiting = operation({ state: 'waiting', startsAt: NOW + 4_200, done: 0 });
    expect(operationText(waiting, NOW, english)).toBe('Deleting 50 pictures in 5 sec');
    expect(operationText(waiting, NOW + 60_000, english)).toBe('Deleting 50 pictures now');
  });

  it('tells every true outcome, what worked first', () => {
    expect(operationText(operation({ outcomes: { unconfirmed: 2, refused: 3, deleted: 45 } }), NOW, english)).toBe('Deletion finished: 45 deleted, 3 refused, 2 could not be confirmed');
  });

  it('says that nothing was deleted when it was called back before the host was asked', () => {
    const undone = operation({ state: 'cancelled', done: 0, outcomes: { cancelled: 50 } });
    expect(isUndone(undone)).toBe(true);
    expect(operationText(undone, NOW, english)).toBe('Nothing was deleted.');
    expect(canRetry(undone)).toBe(false);
  });

  it('does not call a deletion undone that was stopped half-way', () => {
    const stopped = operation({ state: 'cancelled', outcomes: { deleted: 3, cancelled: 47 } });
    expect(isUndone(stopped)).toBe(false);
    expect(operationText(stopped, NOW, english)).toBe('Deletion stopped: 3 deleted, 47 left alone');
    expect(canRetry(stopped)).toBe(true);
  });

  it('says why it ended early', () => {
    const problem = { kind: 'network', sub: null, message: 'offline', params: { host: 'Blog' }, retryable: true, retryAfterMs: null, detail: null, at: NOW } as const;
    expect(operationText(operation({ outcomes: { failed: 50 }, problem }), NOW, english)).toContain('Cannot reach Blog.');
  });

  it('counts what it cannot measure', () => {
    const running = operation({ kind: 'import_remote', state: 'running', total: null, done: 40 });
    expect(operationText(running, NOW, english)).toBe('Adding what Blog lists: 40 so far');
    expect(operationProgress(running)).toBeNull();
  });

  it('has a word for every outcome in both languages', () => {
    expect([...outcomeOrder].sort()).toEqual([...ItemOutcome.options].sort());
  });
});

describe('what an operation looks like', () => {
  it('is calm only when everything worked', () => {
    expect(operationTone(operation({ outcomes: { deleted: 50 } }))).toBe('ok');
    expect(operationTone(operation({ outcomes: { deleted: 48, unconfirmed: 2 } }))).toBe('warn');
    expect(operationTone(operation({ outcomes: { deleted: 48, refused: 1, unconfirmed: 1 } }))).toBe('danger');
    expect(operationTone(operation({ state: 'running' }))).toBe('neutral');
  });

  it('can be tried again when something did not work, and not while it runs', () => {
    expect(canRetry(operation({ outcomes: { deleted: 50 } }))).toBe(false);
    expect(canRetry(operation({ outcomes: { deleted: 48, unconfirmed: 2 } }))).toBe(true);
    expect(canRetry(operation({ state: 'running', outcomes: { refused: 2 } }))).toBe(false);
  });
});

describe('the order of the bar', () => {
  const waiting = (id: string, createdAt: number): Operation => operation({ id, state: 'waiting', createdAt });
  it('puts what can be undone first, then what runs, the newest first', () => {
    const all = [operation({ id: 'done', createdAt: 9 }), operation({ id: 'running', state: 'running', createdAt: 1 }), waiting('older', 2), waiting('newer', 3)];
    expect(inBarOrder(all).map(({ id }) => id)).toEqual(['newer', 'older', 'running', 'done']);
    expect(newestWaiting(all)?.id).toBe('newer');
  });

  it('has nothing to undo when nothing waits', () => {
    expect(newestWaiting([operation({}), operation({ state: 'running' })])).toBeUndefined();
  });
});
