import fc from 'fast-check';
import { expect, test } from 'vitest';
import { settled, slowMain, up, ups } from '../../../test/renderer/slow-library';
import type { CallInput } from '../bridge';
import { PAGE, PAGES_KEPT } from './library-window';

test('reads what is on screen and keeps a bounded window, however far one scrolls', async () => {
  const main = slowMain(ups(20_000));
  main.library.reload();
  await main.calm();
  for (let first = 0; first < 20_000; first += 350) {
    main.library.show(first, Math.min(19_999, first + 60));
    await main.calm();
    expect(main.library.at(first)?.id).toBe(`up-${String(first)}`);
    expect(main.state().pages.size).toBeLessThanOrEqual(PAGES_KEPT);
  }
  expect(main.state().total).toBe(20_000);
});

test('a scrollbar dragged across reads where it stops, not all that it passed', async () => {
  const main = slowMain(ups(50_000));
  main.library.reload();
  await main.calm();
  for (let first = 0; first < 50_000; first += 100) main.library.show(first, first + 50);
  expect(main.asked.length).toBeLessThanOrEqual(2);
  main.library.show(40_000, 40_060);
  await main.calm();
  expect(main.library.at(40_000)?.id).toBe('up-40000');
});

test('asks one question at a time while somebody types, the first letter at once, and of those that wait only the latest', async () => {
  const main = slowMain([up(1, { name: 'harbour' }), up(2, { name: 'ham' })]);
  main.library.reload();
  await main.calm();
  for (const search of ['h', 'ha', 'har', 'harbour']) main.library.setFilter({ search });
  const searches = () => main.asked.map(({ input }) => (input as CallInput<'library:view'>).query.filter.search);
  expect(searches()).toEqual(['h']);
  await main.next();
  expect(main.state().shown?.filter.search).toBe('');
  expect(searches()).toEqual(['harbour']);
  await main.calm();
  expect(main.names(0, 2)).toEqual(['up-1', null]);
  expect(main.state().shown?.filter.search).toBe('harbour');
});

test('goes on with the latest question when the one before fails', async () => {
  const main = slowMain([up(1, { name: 'harbour' })]);
  main.library.reload();
  await main.calm();
  main.library.setFilter({ search: 'h' });
  main.library.setFilter({ search: 'harbour' });
  main.asked.shift()?.fail();
  await settled();
  await main.calm();
  expect(main.state()).toMatchObject({ problem: null, total: 1, shown: { filter: { search: 'harbour' } } });
});

test('reads the top again when one comes back to it from far below', async () => {
  const main = slowMain(ups(5000));
  main.library.reload();
  await main.calm();
  for (let first = 0; first < 5000; first += 90) {
    main.library.show(first, Math.min(4999, first + 60));
    await main.calm();
  }
  expect(main.library.at(0)).toBeUndefined();
  main.library.show(0, 60);
  await main.calm();
  expect(main.names(0, 2)).toEqual(['up-0', 'up-1']);
});

test('reads the first rows ahead, then nothing until somebody looks, and nothing more once nobody does', async () => {
  const main = slowMain(ups(1000));
  main.library.prepare();
  await main.calm();
  expect(main.state()).toMatchObject({ loaded: true, total: 1000 });
  expect(main.names(0, 1)).toEqual(['up-0']);
  const more = [up(2000), ...ups(1000)];
  main.change(more, [up(2000)], []);
  expect(main.asked).toHaveLength(0);
  const leave = main.library.attend();
  await main.calm();
  expect(main.names(0, 2)).toEqual(['up-2000', 'up-0']);
  expect(main.state().total).toBe(1001);
  leave();
  main.change([up(3000), ...more], [up(3000)], []);
  expect(main.asked).toHaveLength(0);
  main.library.attend();
  await main.calm();
  expect(main.names(0, 1)).toEqual(['up-3000']);
});

test('what was read ahead is there at the first look without another read', async () => {
  const main = slowMain(ups(1000));
  main.library.prepare();
  await main.calm();
  main.library.attend();
  expect(main.asked).toHaveLength(0);
});

test('asks another question for as many uploads as the screen holds, and for the rest of their page once these are shown', async () => {
  const main = slowMain(ups(1000));
  main.library.reload();
  await main.calm();
  main.library.show(0, 11, 18);
  await main.calm();
  main.library.setSort({ by: 'name', direction: 'asc' });
  expect(main.asked.map(({ input }) => (input as CallInput<'library:view'>).limit)).toEqual([18]);
  await main.next();
  expect([main.names(0, 18).includes(null), main.names(18, 19)]).toEqual([false, [null]]);
  await main.calm();
  expect(main.names(0, 100)).not.toContain(null);
});

test('keeps showing what was there until the answer to another question has come', async () => {
  const main = slowMain(ups(3));
  main.library.reload();
  await main.calm();
  main.library.setFilter({ search: 'nothing like this' });
  expect(main.names(0, 3)).toEqual(['up-0', 'up-1', 'up-2']);
  expect(main.state().shown?.filter.search).toBe('');
  await main.calm();
  expect(main.state()).toMatchObject({ total: 0, loaded: true });
});

test('says a lower bound until the number is counted', async () => {
  const main = slowMain(ups(2500), { exact: false });
  main.library.reload();
  await main.next();
  expect(main.state()).toMatchObject({ total: 1000, exact: false });
  await main.calm();
  expect(main.state()).toMatchObject({ total: 2500, exact: true });
  main.change(ups(2501), [], []);
  await main.next();
  expect(main.state()).toMatchObject({ total: 2500, exact: true });
  await main.calm();
  expect(main.state()).toMatchObject({ total: 2501, exact: true });
});

test('applies a change in place without reading again', async () => {
  const main = slowMain(ups(3));
  main.library.reload();
  await main.calm();
  const changed = up(1, { remoteState: 'deleted' });
  main.change([up(0), changed, up(2)], [changed], [], { reordered: false });
  expect(main.library.at(1)?.remoteState).toBe('deleted');
  expect(main.asked).toHaveLength(0);
});

test('takes a removed upload out at once, and never brings it back from an answer on its way', async () => {
  const main = slowMain(ups(3));
  main.library.reload();
  main.change([up(0), up(2)], [], ['up-1']);
  await main.next();
  expect(main.names(0, 3)).not.toContain('up-1');
  await main.calm();
  expect(main.names(0, 3)).toEqual(['up-0', 'up-2', null]);
  main.change([up(2)], [], ['up-0']);
  expect(main.names(0, 2)).toEqual(['up-2', null]);
  expect(main.state().total).toBe(1);
});

test('keeps a page that was read again when an older answer for it comes late', async () => {
  const main = slowMain(ups(350));
  main.library.reload();
  await main.calm();
  main.library.show(50, 99);
  main.change([up(1001), ...ups(350)], [up(1001)], []);
  main.change(ups(350), [], ['up-1001']);
  const late = main.asked.findIndex(({ name }) => name === 'library:rows');
  expect(late).toBeGreaterThanOrEqual(0);
  const [old] = main.asked.splice(late, 1);
  await main.calm();
  old?.answer();
  await settled();
  await main.calm();
  expect(main.names(98, 101)).toEqual(['up-98', 'up-99', 'up-100']);
});

test('reads one outline for many changes in a row', async () => {
  const main = slowMain(ups(3));
  main.library.reload();
  await main.calm();
  let all = main.uploads();
  for (let number = 100; number < 150; number += 1) {
    all = [up(number), ...all];
    main.change(all, [up(number)], []);
  }
  expect(main.asked.length).toBeLessThanOrEqual(3);
  await main.calm();
  expect(main.names(0, 53)).toEqual(all.map(({ id }) => id));
});

test('reads everything again when a change was missed', async () => {
  const main = slowMain(ups(3));
  main.library.reload();
  await main.calm();
  main.change(ups(3), [], [], { reordered: false });
  main.change([up(7)], [], [], { reordered: false, missed: 1 });
  await main.calm();
  expect(main.names(0, 2)).toEqual(['up-7', null]);
});

test('keeps what it shows when a read fails, says why, and goes on when asked to', async () => {
  const main = slowMain(ups(1000));
  main.library.reload();
  await main.calm();
  main.library.show(500, 550);
  main.asked.shift()?.fail();
  await settled();
  expect(main.state().problem).toMatchObject({ message: 'internal' });
  expect(main.library.at(0)?.id).toBe('up-0');
  main.library.reload();
  await main.calm();
  expect(main.state().problem).toBeNull();
  expect(main.library.at(500)?.id).toBe('up-500');
});

test('walks over any stretch in order, and not at all over one that shifts meanwhile', async () => {
  const main = slowMain(ups(3000));
  main.library.reload();
  await main.calm();
  const seen: string[] = [];
  const whole = main.library.walk(2100, 50, ({ id }) => seen.push(id));
  await main.calm();
  expect(await whole).toBe(true);
  expect(seen).toEqual(Array.from({ length: 2051 }, (_, index) => `up-${String(index + 50)}`));
  expect(main.state().pages.size).toBeLessThanOrEqual(PAGES_KEPT);
  const cut = main.library.walk(1000, 2000, () => undefined);
  main.change([up(9999), ...ups(3000)], [up(9999)], []);
  await main.calm();
  expect(await cut).toBe(false);
});

test('leaves changes alone before anybody asked for the library, and after it was stopped', async () => {
  const main = slowMain(ups(1));
  main.change(ups(2), [up(1)], []);
  expect(main.asked).toHaveLength(0);
  main.library.stop();
  expect(main.listening()).toBe(false);
});

test('whatever comes in whatever order, ends with what main has', async () => {
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('answer' as const), which: fc.nat(5) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('show' as const), which: fc.nat(600) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('add' as const), which: fc.nat(600) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('remove' as const), which: fc.nat(600) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('change' as const), which: fc.nat(600) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('search' as const), which: fc.nat(2) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('point' as const), which: fc.nat(2) }) },
  );
  const searches = ['', 'IMG_39', '7'];
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.boolean(), async (steps, exact) => {
      const main = slowMain(ups(350), { exact });
      main.library.reload();
      let fresh = 1000;
      let seen = 0;
      for (const { do: what, which } of steps) {
        const all = main.uploads();
        const at = all.length === 0 ? 0 : which % all.length;
        const there = all[at];
        if (what === 'answer') await main.next(main.asked.length === 0 ? 0 : which % main.asked.length);
        else if (what === 'show') {
          seen = which;
          main.library.show(which, which + 40);
        } else if (what === 'search') main.library.setFilter({ search: searches[which] ?? '' });
        else if (what === 'point') main.library.foresee({ filter: { search: searches[which] ?? '' } });
        else if (what === 'add') {
          const one = up((fresh += 1));
          main.change([...all.slice(0, at), one, ...all.slice(at)], [one], []);
        } else if (there !== undefined && what === 'remove') main.change(all.filter((one) => one !== there), [], [there.id]);
        else if (there !== undefined) {
          const one = { ...there, tags: [`t${String((fresh += 1))}`] };
          main.change(all.map((other) => (other === there ? one : other)), [one], [], { reordered: false });
        }
      }
      await main.calm();
      const search = main.state().query.filter.search;
      const found = main.uploads().filter(({ name }) => name.includes(search));
      expect(main.state().total).toBe(found.length);
      expect(main.state().exact).toBe(true);
      expect(main.state().days.reduce((sum, { count }) => sum + count, 0)).toBe(found.length);
      const first = Math.min(Math.max(0, found.length - 1), seen);
      main.library.show(first, first + 40);
      await main.calm();
      for (let place = first; place < Math.min(found.length, first + 41); place += 1) expect(main.library.at(place)).toEqual(found[place]);
      expect(main.state().pages.size * PAGE).toBeLessThanOrEqual(PAGES_KEPT * PAGE);
    }),
    { numRuns: 150 },
  );
});
