import { afterEach, beforeEach, expect, test } from 'vitest';
import { newUpload, openLibraryWorld, query, type LibraryWorld } from '../../../test/library/library-world';
import { createLibrary, type Library } from './index';

let world: LibraryWorld;
let library: Library;
let waiting: (() => void)[];
let calledOff: number;
const faults: unknown[] = [];
const fail = (): never => {
  throw new Error('no host here');
};
const BY_NAME = query({}, { by: 'name', direction: 'asc' });

beforeEach(() => {
  world = openLibraryWorld();
  // More than are sorted on the spot.
  world.library.addMany(Array.from({ length: 3200 }, (_, n) => newUpload({ id: `u${n}`, name: `photo ${(n * 7919) % 3200}.png`, uploadedAt: 1_600_000_000_000 + n * 1000 })));
  waiting = [];
  calledOff = 0;
  faults.length = 0;
  library = createLibrary({
    db: world.database.db,
    vault: { state: 'locked', seal: () => new Uint8Array(), open: () => undefined },
    accounts: { byId: () => undefined, provider: () => fail() },
    now: () => 0,
    newId: () => 'id',
    after: (_ms, act) => {
      waiting.push(act);
      return () => void (calledOff += 1);
    },
    onFault: (error) => void faults.push(error),
  });
});
afterEach(() => {
  library.close();
  world.close();
});

/** Turns of the event loop until the work that runs in slices is done. */
const settle = async (): Promise<void> => {
  for (let turns = 0; turns < 50; turns += 1) await new Promise((resolve) => setImmediate(resolve));
};
const names = (): readonly string[] => library.rows(BY_NAME, 0, 3).map(({ name }) => name);

test('the first view has the orders read once, a while later, and the next views do not ask again', async () => {
  library.view(query(), 10);
  library.view(query({ search: 'photo' }), 10);
  expect(waiting).toHaveLength(1);
  waiting.shift()?.();
  await settle();
  library.view(query(), 10);
  expect([waiting.length, faults]).toEqual([0, []]);
  expect(names()).toEqual(['photo 0.png', 'photo 1.png', 'photo 2.png']);
});

test('what comes while the orders are read has its place in them', async () => {
  library.view(query(), 10);
  waiting.shift()?.();
  library.add(newUpload({ id: 'new', name: 'aaa.png', uploadedAt: 1_900_000_000_000 }));
  await settle();
  expect(names()).toEqual(['aaa.png', 'photo 0.png', 'photo 1.png']);
});

test('what goes while the orders are read is in none, and they are read again after the next view', async () => {
  library.view(query(), 10);
  waiting.shift()?.();
  const gone = library.rows(BY_NAME, 0, 1)[0]?.id as string;
  await library.remove({ ids: [gone] });
  await settle();
  library.view(query(), 10);
  expect(names()).toEqual(['photo 1.png', 'photo 2.png', 'photo 3.png']);
});

test('a library that closes calls the reading off, and a database that is shut meanwhile is no fault', async () => {
  library.view(query(), 10);
  library.close();
  expect(calledOff).toBe(1);
  const act = waiting.shift();
  world.database.close();
  act?.();
  await settle();
  expect(faults).toEqual([]);
});

test('what comes between older ones, as an import does, has its place in an order that was read before', () => {
  expect(names()).toEqual(['photo 0.png', 'photo 1.png', 'photo 2.png']);
  library.addMany([newUpload({ id: 'old', name: 'photo 0b.png', uploadedAt: 1_600_000_000_500 })]);
  expect(names()).toEqual(['photo 0.png', 'photo 0b.png', 'photo 1.png']);
  const all = library.rows(query({}, { by: 'time', direction: 'asc' }), 0, 3).map(({ id }) => id);
  expect(all).toEqual(['u0', 'old', 'u1']);
  const ordered = library.rows(BY_NAME, 0, 4000).map(({ id }) => id);
  expect(ordered).toEqual(world.database.db.prepare('SELECT id FROM uploads ORDER BY name_key, seq').all().map((row) => row['id']));
});
