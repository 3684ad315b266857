import { afterEach, beforeEach, expect, test } from 'vitest';
import { newUpload, openLibraryWorld, type LibraryWorld } from '../../../test/library/library-world';
import { createPlaces, momentOf, PLACES, placeOf } from './places';

let world: LibraryWorld;
beforeEach(() => {
  world = openLibraryWorld();
});
afterEach(() => world.close());

const AT = 1_700_000_000_000;

test('places follow the order of time, whatever came first', () => {
  expect([placeOf(AT + 1000) - placeOf(AT), placeOf(AT + 999), momentOf(placeOf(AT + 999) + 5)]).toEqual([PLACES, placeOf(AT), AT]);
});

test('times before 1970, and those millions of years ahead, have whole places all the same', () => {
  expect(placeOf(-5)).toBe(0);
  expect(Number.isSafeInteger(placeOf(Number.MAX_SAFE_INTEGER) + 2 ** 20)).toBe(true);
});

test('a second that is full goes on in the next one, and what belongs there is put behind', () => {
  const { database, library } = world;
  library.addMany(Array.from({ length: PLACES + 2 }, (_, n) => newUpload({ id: `u${n}`, uploadedAt: AT })));
  const free = createPlaces(database.db);
  expect(free(AT)).toBe(placeOf(AT) + PLACES + 2);
  expect(free(AT + 1000)).toBe(placeOf(AT + 1000) + 2);
});

test('a hundred thousand uploads of one moment take no longer each than the first', () => {
  const { database } = world;
  const { db } = database;
  db.exec(`INSERT INTO uploads (seq, id, account_id, account_name, provider, name, kind, bytes, sha256, uploaded_at, remote_state)
    WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99999) SELECT i, 'u' || i, 'a', 'a', 'smms', 'x', 'image', 1, '', 0, 'online' FROM n`);
  let asked = 0;
  const free = createPlaces({ ...db, prepare: (sql) => ({ ...db.prepare(sql), get: (...values) => ((asked += 1), db.prepare(sql).get(...values)) }) });
  expect(free(0)).toBe(100_000);
  const first = asked;
  expect([free(0), free(0)]).toEqual([100_000, 100_000]);
  expect([first, asked - first]).toEqual([expect.any(Number), 2]);
  expect(first).toBeLessThan(50);
});
