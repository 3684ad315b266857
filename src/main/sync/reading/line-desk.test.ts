import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { LineDesk } from './line-desk';
import { lineRows } from './line-rows';

const numbers = (from: number, to: number): string[] => Array.from({ length: to - from + 1 }, (_, index) => String(from + index));
const words = (rows: ReturnType<ReturnType<typeof lineRows>['page']>['rows']): string[] =>
  rows.map((row) => (row.kind === 'fold' ? `fold ${String(row.count)}` : row.kind === 'same' ? `${String(row.before)}=${String(row.after)} ${row.text}` : row.kind === 'removed' ? `-${String(row.before)} ${row.text}` : `+${String(row.after)} ${row.text}`));

test('shows changed lines with three equal ones around them and folds the rest', () => {
  const rows = lineRows([...numbers(1, 10), 'old', ...numbers(12, 30)], [...numbers(1, 10), 'new', 'newer', ...numbers(12, 30)]);
  const { rows: few, total } = rows.page(false, 0, 100);
  expect(words(few)).toEqual(['fold 7', '8=8 8', '9=9 9', '10=10 10', '-11 old', '+11 new', '+12 newer', '12=13 12', '13=14 13', '14=15 14', 'fold 16']);
  expect(total).toBe(11);
});

test('shows every line when asked to', () => {
  const rows = lineRows(numbers(1, 20), [...numbers(1, 20), '21']);
  expect(rows.page(true, 0, 100).total).toBe(21);
  expect(words(rows.page(true, 19, 5).rows)).toEqual(['20=20 20', '+21 21']);
});

test('hands out any stretch in pages that join without a gap', () => {
  const before = numbers(1, 200);
  const after = before.map((line) => (Number(line) % 50 === 0 ? `${line}!` : line));
  const rows = lineRows(before, after);
  const whole = rows.page(false, 0, 1000);
  const paged = Array.from({ length: Math.ceil(whole.total / 7) }, (_, page) => rows.page(false, page * 7, 7).rows).flat();
  expect(paged).toEqual(whole.rows);
});

test('folds no single line, and has nothing to show for equal texts but the fold', () => {
  expect(words(lineRows(['a', 'b', 'c', 'd', 'x'], ['a', 'b', 'c', 'd', 'y']).page(false, 0, 10).rows)).toEqual(['1=1 a', '2=2 b', '3=3 c', '4=4 d', '-5 x', '+5 y']);
  expect(words(lineRows(numbers(1, 9), numbers(1, 9)).page(false, 0, 10).rows)).toEqual(['fold 9']);
});

test('lays one value on each line however the text was laid out, numbers as they are spelled', async () => {
  const page = await new LineDesk(randomUUID).lines(undefined, 0, 10, async () => '{"a":1.0,"b":[9007199254740993]}');
  expect(page).toMatchObject({ total: 6, bytes: 32 });
  expect(page.lines).toEqual(['{', '  "a": 1.0,', '  "b": [', '    9007199254740993', '  ]', '}']);
});

test('shows what is no JSON line by line', async () => {
  const { lines } = await new LineDesk(randomUUID).lines(undefined, 0, 10, async () => '<html>\r\nno\n');
  expect(lines).toEqual(['<html>', 'no', '']);
});

test('reads a text once for all its pages, and again when it is no longer open', async () => {
  const desk = new LineDesk(randomUUID);
  let reads = 0;
  const read = async (): Promise<string> => {
    reads += 1;
    return `[${String(reads)}]`;
  };
  const { id } = await desk.lines(undefined, 0, 10, read);
  await desk.lines(id, 0, 10, read);
  expect(reads).toBe(1);
  for (let other = 0; other < 3; other += 1) await desk.lines(undefined, 0, 10, async () => '{}');
  expect((await desk.lines(id, 0, 10, read)).lines).toEqual(['[', '  2', ']']);
});

test('compares two texts by line and keeps them for further pages', async () => {
  const desk = new LineDesk(randomUUID);
  const first = await desk.rows(undefined, false, 0, 10, async () => ['{"a":1}', '{ "a": 2 }']);
  expect(words(first.rows)).toEqual(['1=1 {', '-2   "a": 1', '+2   "a": 2', '3=3 }']);
  const again = await desk.rows(first.id, true, 0, 10, async () => {
    throw new Error('it is open');
  });
  expect(again.total).toBe(4);
});
