import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newUpload, openLibraryWorld, type LibraryWorld } from '../../../test/library/library-world';
import { randomOf } from '../../../test/fixtures/invented-uploads';
import { NO_FILTER } from '../../shared/model/library-defaults';
import type { LibraryFilter, LibraryQuery } from '../../shared/model/library-query';
import type { NewUpload } from './index';
import { fold, nameKey, wordsOf } from './search-text';

let world: LibraryWorld;
beforeEach(() => {
  world = openLibraryWorld();
});
afterEach(() => world.close());

/** What a plain list of uploads in memory knows. */
type Model = NewUpload & { readonly place: number; readonly note: string; readonly tags: readonly string[]; readonly localAlbumId: string | null };

const ALBUMS: Readonly<Record<string, string>> = { l1: '旅行 Bilder', l2: 'work' };
const START = 1_700_000_000_000;

const matches = (upload: Model, filter: LibraryFilter): boolean => {
  const texts = [upload.name, upload.url, upload.storedName, upload.accountName, upload.albumId, upload.localAlbumId === null ? null : ALBUMS[upload.localAlbumId], upload.note, ...upload.tags];
  const found = (word: string): boolean => texts.some((text) => text != null && fold(text).includes(word));
  const state = { online: 'online', unconfirmed: 'unconfirmed', refused: 'refused', pending_review: 'pending_review' } as const;
  const gone = upload.remoteState === 'deleted' || upload.remoteState === 'already_gone';
  const stateHolds = (): boolean => {
    switch (filter.state) {
      case null:
        return true;
      case 'deleted':
        return gone;
      case 'link_dead':
        return upload.linkState === 'dead' && !gone;
      case 'online':
        return upload.remoteState === 'online' && upload.linkState !== 'dead';
      default:
        return upload.remoteState === state[filter.state];
    }
  };
  const album = filter.album;
  return (
    wordsOf(filter.search).every(found) &&
    (filter.accountId === null || upload.accountId === filter.accountId) &&
    (filter.provider === null || upload.provider === filter.provider) &&
    (filter.kind === null || upload.kind === filter.kind) &&
    (filter.tag === null || upload.tags.some((tag) => fold(tag) === fold(filter.tag ?? ''))) &&
    (filter.from === null || upload.uploadedAt >= filter.from) &&
    (filter.before === null || upload.uploadedAt < filter.before) &&
    (album === null || (album.source === 'local' ? upload.localAlbumId === album.id : upload.accountId === album.accountId && upload.albumId === album.id)) &&
    stateHolds()
  );
};

const compare = (a: Model, b: Model, by: LibraryQuery['sort']['by']): number => {
  if (by === 'name') return Buffer.compare(Buffer.from(nameKey(a.name)), Buffer.from(nameKey(b.name))) || a.place - b.place;
  return (by === 'size' ? a.bytes - b.bytes : 0) || a.place - b.place;
};

const expected = (uploads: readonly Model[], { filter, sort }: LibraryQuery): readonly string[] => {
  const found = uploads.filter((upload) => matches(upload, filter)).sort((a, b) => compare(a, b, sort.by));
  return (sort.direction === 'asc' ? found : found.reverse()).map(({ id }) => id);
};

const word = fc.array(fc.constantFrom('a', 'B', 'b', 'fer', 'ry', '图', '片', '猫', '"', '%', '_', '*', '\\', '-', '(', "'", '7', '10', 'é', 'ß', '😀'), { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));
const text = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));

const upload = fc.record({
  accountId: fc.constantFrom('a', 'b'),
  provider: fc.constantFrom('smms', 'wizs'),
  name: text,
  url: fc.option(text, { nil: null }),
  storedName: fc.option(word, { nil: null }),
  accountName: word,
  kind: fc.constantFrom('image', 'video'),
  bytes: fc.integer({ min: 0, max: 5 }),
  albumId: fc.option(fc.constantFrom('x', 'y'), { nil: null }),
  localAlbumId: fc.option(fc.constantFrom('l1', 'l2'), { nil: null }),
  uploadedAt: fc.integer({ min: START, max: START + 30_000 }),
  remoteState: fc.constantFrom('online', 'deleted', 'already_gone', 'unconfirmed', 'refused', 'pending_review'),
  linkState: fc.constantFrom('unchecked', 'alive', 'dead'),
  tags: fc.uniqueArray(fc.constantFrom('旅行', 'Work', 'work', 'b'), { maxLength: 2, selector: fold }),
  note: fc.oneof(fc.constant(''), text),
}) satisfies fc.Arbitrary<Partial<NewUpload>>;

const filter: fc.Arbitrary<LibraryFilter> = fc
  .record(
    {
      search: fc.oneof(fc.constant(''), word, text),
      accountId: fc.constantFrom('a', 'b', 'none'),
      provider: fc.constantFrom('smms', 'wizs'),
      kind: fc.constantFrom('image', 'video'),
      tag: fc.constantFrom('旅行', 'WORK', 'none'),
      state: fc.constantFrom('online', 'deleted', 'unconfirmed', 'refused', 'pending_review', 'link_dead'),
      album: fc.constantFrom({ source: 'local', id: 'l1' } as const, { source: 'host', accountId: 'a', id: 'x' } as const),
      from: fc.integer({ min: START - 10, max: START + 31_000 }),
      before: fc.integer({ min: START - 10, max: START + 31_000 }),
    },
    { requiredKeys: [] },
  )
  .map((given) => ({ ...NO_FILTER, ...given }));
const sort = fc.record({ by: fc.constantFrom('time', 'name', 'size'), direction: fc.constantFrom('asc', 'desc') });

const edit = fc.oneof(
  fc.record({ type: fc.constant('note' as const), at: fc.nat(), text }),
  fc.record({ type: fc.constant('tag' as const), at: fc.nat(), add: fc.constantFrom('旅行', 'neu'), remove: fc.constantFrom('work', 'b') }),
  fc.record({ type: fc.constant('move' as const), at: fc.nat(), album: fc.constantFrom('l1', 'l2', null) }),
  fc.record({ type: fc.constant('remove' as const), at: fc.nat(), undo: fc.boolean() }),
);

/** Writes uploads into the emptied library; the model in the order of their places. */
const fill = (parts: readonly Partial<NewUpload>[]): Model[] => {
  const { db } = world.database;
  db.exec('DELETE FROM uploads; DELETE FROM upload_tags; DELETE FROM upload_events; DELETE FROM local_albums');
  for (const [id, name] of Object.entries(ALBUMS)) db.prepare('INSERT INTO local_albums (id, name, created_at) VALUES (?, ?, 0)').run(id, name);
  const given = parts.map((part) => newUpload(part));
  db.transaction(() => {
    world.library.addMany(given);
    world.library.addMany([newUpload({ id: 'unseen', accountId: 'unseen', remoteId: 'unseen' })]);
  });
  void world.library.remove({ ids: ['unseen'] });
  const there = given.filter(({ id }) => world.library.byId(id) !== undefined);
  // A row is known by its address: a repeated one stays out.
  return there.map((each) => ({
    ...each,
    tags: world.library.byId(each.id)?.tags ?? [],
    note: world.library.details(each.id)?.note ?? '',
    localAlbumId: each.localAlbumId ?? null,
    place: Number(db.prepare('SELECT seq FROM uploads WHERE id = ?').get(each.id)?.['seq']),
  }));
};

describe('a view', () => {
  it('holds exactly what a plain list would, in the same order, whatever is filtered, sorted and searched', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(upload, { maxLength: 25 }), fc.array(fc.tuple(filter, sort), { minLength: 1, maxLength: 8 }), async (parts, queries) => {
        const model = fill(parts);
        for (const [given, order] of queries) {
          const asked: LibraryQuery = { filter: given, sort: order };
          const ids = expected(model, asked);
          const view = world.library.view(asked, 7);
          expect([view.uploads.map(({ id }) => id), view.total, view.exact]).toEqual([ids.slice(0, 7), ids.length, true]);
          const stretches = [0, 4, 8, 12, 16, 20, 24].flatMap((offset) => world.library.rows(asked, offset, 4).map(({ id }) => id));
          expect(stretches).toEqual(ids);
          const except = ids.filter((_, at) => at % 3 === 0);
          expect(world.library.resolve({ matching: asked, except })).toEqual(ids.filter((id) => !except.includes(id)));
          const counted = await world.library.count(asked);
          expect([counted.total, counted.bytes]).toEqual([ids.length, model.filter(({ id }) => ids.includes(id)).reduce((sum, { bytes }) => sum + bytes, 0)]);
          if (order.by === 'time') expect(view.days.reduce((sum, { count }) => sum + count, 0)).toBe(ids.length);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('finds what was edited by its new words and no longer by the old ones', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(upload, { minLength: 1, maxLength: 8 }), fc.array(edit, { maxLength: 8 }), fc.array(text, { minLength: 3, maxLength: 6 }), async (parts, edits, searches) => {
        let model = fill(parts);
        const { library, albums } = world;
        for (const one of edits) {
          const target = model[one.at % Math.max(model.length, 1)];
          if (target === undefined) continue;
          const ids = { ids: [target.id] };
          if (one.type === 'note') library.setNote(target.id, one.text);
          if (one.type === 'tag') await library.tag(ids, [one.add], [one.remove]);
          if (one.type === 'move') await albums.move(ids, one.album);
          if (one.type === 'remove') {
            const { undo } = await library.remove(ids);
            if (one.undo) await library.undoRemove(undo);
            else model = model.filter(({ id }) => id !== target.id);
          }
          model = model.map((each) => ({
            ...each,
            note: library.details(each.id)?.note ?? '',
            tags: library.byId(each.id)?.tags ?? [],
            localAlbumId: library.byId(each.id)?.localAlbumId ?? null,
          }));
          if (one.type === 'note') expect(library.details(target.id)?.note).toBe(one.text);
        }
        for (const search of [...searches, '旅行', 'neu', 'bil', 'wo']) {
          const asked: LibraryQuery = { filter: { ...NO_FILTER, search }, sort: { by: 'time', direction: 'desc' } };
          expect(library.view(asked, 50).uploads.map(({ id }) => id)).toEqual(expected(model, asked));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('of a search or a filter with more than some screens of uploads tells so and has their first days, and any stretch of it joins the next without gap or repeat', async () => {
    const random = randomOf(7);
    const many = Array.from({ length: 2600 }, (_, n) => newUpload({ name: `ferry ${n} ${random() < 0.5 ? '图片' : 'x'}`, uploadedAt: START + Math.floor(random() * 1e9), accountId: n % 2 === 0 ? 'a' : 'b' }));
    world.library.addMany(many);
    for (const [given, wanted] of [[{ search: 'ferry' }, 2600], [{ accountId: 'b' }, 1300], [{ search: 'fe' }, 2600], [{ search: 'ferry 图', accountId: 'a' }, many.filter(({ name, accountId }) => name.includes('图') && accountId === 'a').length]] as const) {
      const asked: LibraryQuery = { filter: { ...NO_FILTER, ...given }, sort: { by: 'time', direction: 'desc' } };
      const view = world.library.view(asked, 100);
      expect([view.total, view.exact]).toEqual(wanted > 250 ? [250, false] : [wanted, true]);
      const seen = [0, 500, 1000, 1500, 2000, 2500].flatMap((offset) => world.library.rows(asked, offset, 500));
      expect(seen).toHaveLength(wanted);
      expect(new Set(seen.map(({ id }) => id)).size).toBe(wanted);
      expect(seen.every((each, at) => at === 0 || Math.floor(each.uploadedAt / 1000) <= Math.floor((seen[at - 1]?.uploadedAt ?? 0) / 1000))).toBe(true);
      const counted = await world.library.count(asked);
      expect(counted.total).toBe(wanted);
      // The last of them goes on where the first screens end.
      expect(view.days.slice(0, -1)).toEqual(counted.days.slice(0, view.days.length - 1));
      expect(view.days.at(-1)?.day).toBe(counted.days[view.days.length - 1]?.day);
      expect(view.exact).toBe(view.days.length === counted.days.length);
      expect(view.days.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(200);
    }
  });
});
