import { expect, test } from 'vitest';
import type { Note } from '../notifications';
import { createElectronNotifications, type SystemNotification } from './notification-bodies';

type Fake = SystemNotification & { readonly note: Note; state: 'made' | 'shown' | 'closed'; readonly emit: (event: string, ...details: unknown[]) => void };

const fake = (note: Note): Fake => {
  const listeners = new Map<string, (...details: unknown[]) => void>();
  return {
    note,
    state: 'made',
    on: (event: string, listener: (...details: never[]) => void) => listeners.set(event, listener as (...details: unknown[]) => void),
    show() {
      this.state = 'shown';
    },
    close() {
      this.state = 'closed';
      listeners.get('close')?.();
    },
    emit: (event, ...details) => listeners.get(event)?.(...details),
  };
};

const bench = (supported = true) => {
  const made: Fake[] = [];
  const faults: unknown[] = [];
  const done: string[] = [];
  const port = createElectronNotifications({
    create: (note) => {
      if (!supported) return null;
      const one = fake(note);
      made.push(one);
      return one;
    },
    onFault: (error) => faults.push(error),
  });
  const note = (id: string): Note => ({
    id,
    title: id,
    body: '',
    picture: null,
    actions: ['one', 'two'].map((label) => ({ label, act: () => done.push(`${id} ${label}`) })),
    onClick: () => done.push(`${id} click`),
    urgency: 'normal',
  });
  return { port, made, faults, done, note };
};

test('a note with the id of an earlier one takes its place, and others stay', () => {
  const { port, made, note } = bench();
  for (const id of ['a', 'b', 'a']) port.show(note(id));
  expect(made.map(({ note: { id }, state }) => [id, state])).toEqual([['a', 'closed'], ['b', 'shown'], ['a', 'shown']]);
  port.withdraw('nobody');
  port.close();
  expect(made.map(({ state }) => state)).toEqual(['closed', 'closed', 'closed']);
});

test('presses reach the note, as Electron tells them before 42 and since', () => {
  const { port, made, done, note } = bench();
  for (const id of ['a', 'b', 'c']) port.show(note(id));
  made[0]?.emit('action', {}, 1);
  made[1]?.emit('action', { actionIndex: 0 }, 0);
  made[2]?.emit('click');
  made[2]?.emit('action', {}, 7);
  expect(done).toEqual(['a two', 'b one', 'c click']);
});

test('a system that shows none costs nothing, and a refusal is a fault for the log', () => {
  const none = bench(false);
  none.port.show(none.note('a'));
  const { port, made, faults, note } = bench();
  port.show(note('a'));
  made[0]?.emit('failed', {}, 'not allowed');
  expect([none.faults, faults]).toEqual([[], ['not allowed']]);
});

test('keeps no more notes than a person can read', () => {
  const { port, made, note } = bench();
  for (let index = 0; index < 100; index += 1) port.show(note(String(index)));
  expect(made.filter(({ state }) => state === 'shown').map(({ note: { id } }) => id)).toEqual(Array.from({ length: 40 }, (_, index) => String(60 + index)));
});
