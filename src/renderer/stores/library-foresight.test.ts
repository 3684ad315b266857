import { expect, test } from 'vitest';
import { slowMain, ups } from '../../../test/renderer/slow-library';
import { NEWEST_FIRST } from '../../shared/model/library-defaults';
import type { Upload } from '../../shared/model/upload';

test('what was read ahead of a choice is shown with the choice, and only once', async () => {
  const main = slowMain(ups(350));
  main.library.reload();
  await main.calm();
  main.library.foresee({ filter: { search: 'IMG_3' } });
  main.library.foresee({ filter: { search: 'IMG_39' } });
  main.library.foresee({ filter: { search: '7' } });
  expect(main.asked).toHaveLength(1);
  await main.next();
  await main.next();
  main.library.foresee({});
  expect(main.asked).toHaveLength(0);
  const found = main.uploads().filter(({ name }) => name.includes('7'));
  main.library.setFilter({ search: '7' });
  expect([main.state().shown?.filter.search, main.state().total, main.library.at(0)]).toEqual(['7', found.length, found[0]]);
  await main.calm();
  main.library.setFilter({ search: '' });
  await main.calm();
  main.library.setFilter({ search: '7' });
  expect(main.asked.map(({ name }) => name)).toEqual(['library:view']);
});

test('what was read ahead and is out of date by now is read again', async () => {
  const main = slowMain(ups(3));
  main.library.reload();
  await main.calm();
  const [first, ...others] = ups(3) as [Upload, Upload, Upload];
  const renamed = { ...first, tags: ['new'] };
  main.library.foresee({ sort: { by: 'name', direction: 'asc' } });
  await main.next();
  main.change([renamed, ...others], [renamed], [], { reordered: false });
  main.library.setSort({ by: 'name', direction: 'asc' });
  expect(main.state().shown?.sort).toEqual(NEWEST_FIRST);
  await main.calm();
  main.library.foresee({ sort: NEWEST_FIRST });
  main.change(others, [], [first.id]);
  await main.calm();
  main.library.setSort(NEWEST_FIRST);
  expect(main.state().shown?.sort.by).toBe('name');
  await main.calm();
  expect(main.names(0, 3)).toEqual(['up-1', 'up-2', null]);
});

test('an answer that was read ahead is not changed back by what changed before it was read', async () => {
  const main = slowMain(ups(3));
  const [first, ...others] = ups(3) as [Upload, Upload, Upload];
  const tagged = (tag: string): Upload => ({ ...first, tags: [tag] });
  main.library.reload();
  main.change([tagged('1'), ...others], [tagged('1')], [], { reordered: false });
  await main.calm();
  main.change([tagged('2'), ...others], [tagged('2')], [], { reordered: false });
  await main.calm();
  main.library.foresee({ filter: { search: 'IMG' } });
  await main.next();
  main.library.setFilter({ search: 'IMG' });
  expect(main.library.at(0)?.tags).toEqual(['2']);
});
