import { describe, expect, it } from 'vitest';
import { createKeptPages } from './kept-pages';

const numbers = (total: number) => Array.from({ length: total }, (_, i) => `row ${String(i)}`);

/** A list that can change between two reads, and answer late. */
const world = (all: readonly string[]) => {
  const state = { all, asked: [] as number[], held: null as (() => void)[] | null };
  const pages = createKeptPages(10, async (from, count) => {
    state.asked.push(from);
    const answer = { total: state.all.length, rows: state.all.slice(from, from + count) };
    const { held } = state;
    if (held !== null) await new Promise<void>((go) => held.push(go));
    return answer;
  });
  return { state, pages, row: (place: number) => pages.store.getState().rows.get(place) };
};

describe('pages that stay', () => {
  it('reads what comes into view, once', async () => {
    const { state, pages, row } = world(numbers(35));
    await pages.want(0, 5);
    await pages.want(8, 22);
    await pages.want(0, 22);
    expect(state.asked).toEqual([0, 10, 20]);
    expect([row(0), row(22), row(34)]).toEqual(['row 0', 'row 22', undefined]);
    expect(pages.store.getState()).toMatchObject({ total: 35, loaded: true });
  });

  it('shows the old rows until the new ones are there, and reads only what is in view again', async () => {
    const { state, pages, row } = world(numbers(35));
    await pages.want(0, 35);
    await pages.want(12, 14);
    state.all = state.all.map((one) => `new ${one}`);
    state.held = [];
    const done = pages.refresh();
    expect(row(12)).toBe('row 12');
    state.held.forEach((go) => go());
    await done;
    expect([row(12), row(3)]).toEqual(['new row 12', 'row 3']);
    state.held = null;
    await pages.want(3, 3);
    expect(row(3)).toBe('new row 3');
  });

  it('drops an answer that comes behind a refresh', async () => {
    const { state, pages, row } = world(numbers(5));
    state.held = [];
    const late = pages.want(0, 4);
    state.all = ['other'];
    const second = pages.refresh();
    state.held.forEach((go) => go());
    await Promise.all([late, second]);
    expect([row(0), row(1), pages.store.getState().total]).toEqual(['other', undefined, 1]);
  });

  it('goes to the end of a list that became shorter', async () => {
    const { state, pages, row } = world(numbers(95));
    await pages.want(90, 94);
    state.all = numbers(12);
    await pages.refresh();
    expect([row(11), row(90), pages.store.getState().total]).toEqual(['row 11', undefined, 12]);
  });

  it('shows the rows of a list that was empty and is full again', async () => {
    const { state, pages, row } = world(numbers(35));
    await pages.want(0, 5);
    state.all = [];
    await pages.refresh();
    await pages.want(0, -1);
    expect(pages.store.getState()).toMatchObject({ total: 0, loaded: true });
    state.all = numbers(15);
    await pages.refresh();
    expect([row(0), pages.store.getState().total]).toEqual(['row 0', 15]);
    await pages.want(8, 14);
    expect(row(14)).toBe('row 14');
  });

  it('asks again for a page that failed', async () => {
    let fails = true;
    const pages = createKeptPages(10, async () => {
      if (fails) throw new Error('not now');
      return { total: 1, rows: ['a'] };
    });
    await expect(pages.want(0, 1)).rejects.toThrow('not now');
    fails = false;
    await pages.want(0, 1);
    expect(pages.store.getState().rows.get(0)).toBe('a');
  });
});
