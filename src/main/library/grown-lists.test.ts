import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newUpload, openLibraryWorld } from '../../../test/library/library-world';
import { NO_FILTER } from '../../shared/model/library-defaults';
import type { LibrarySort } from '../../shared/model/library-query';

const AT = 1_700_000_000_000;
const COLUMN = { time: 'seq', name: 'name_key', size: 'bytes' } as const;

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('import' as const), at: fc.array(fc.nat(200), { minLength: 1, maxLength: 5 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('upload' as const), at: fc.nat(400) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), at: fc.nat(50), undo: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('view' as const), by: fc.constantFrom('time', 'name', 'size'), direction: fc.constantFrom('asc', 'desc') }) },
);

test('a list that is kept over imports, uploads and removals is the one that reading everything anew gives', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 25 }), async (steps) => {
      const world = openLibraryWorld();
      const { library } = world;
      const ids = new Set<string>();
      let number = 0;
      const made = (at: number) => {
        number += 1;
        ids.add(`u${number}`);
        return newUpload({ id: `u${number}`, name: `${(number * 7) % 11}.png`, bytes: (number * 5) % 7, uploadedAt: AT + at * 1000 });
      };
      const check = (sort: LibrarySort): void => {
        const order = `${COLUMN[sort.by]} ${sort.direction}${sort.by === 'time' ? '' : `, seq ${sort.direction}`}`;
        const expected = world.database.db.prepare(`SELECT id FROM uploads ORDER BY ${order}`).all().map((row) => row['id']);
        const { uploads, total } = library.view({ filter: NO_FILTER, sort }, 1000);
        expect([uploads.map(({ id }) => id), total]).toEqual([expected, expected.length]);
      };
      for (const one of steps) {
        if (one.do === 'import') library.addMany(one.at.map(made));
        else if (one.do === 'upload') {
          library.add(made(one.at));
          await Promise.resolve();
        } else if (one.do === 'view') check({ by: one.by, direction: one.direction });
        else {
          const id = [...ids][one.at % Math.max(1, ids.size)];
          if (id === undefined) continue;
          const { undo } = await library.remove({ ids: [id] }, {});
          if (one.undo) await library.undoRemove(undo);
          else ids.delete(id);
        }
      }
      check({ by: 'time', direction: 'desc' });
      check({ by: 'name', direction: 'asc' });
      world.close();
    }),
    { numRuns: 60 },
  );
});
