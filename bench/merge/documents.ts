/** Documents of a given size as a settings file, a library or a list of records would be, and edits spread over them. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Obj = { [key: string]: Json };

/** Small numbers from a seed, the same in every run. */
export const random = (seed: number): ((below: number) => number) => {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

const WORDS = 'sky harbour lantern meadow copper winter orchard signal paper river garnet violet thimble saddle 图片 échelle'.split(' ');

const record = (id: number, next: (below: number) => number): Obj => ({
  id,
  name: `${WORDS[next(WORDS.length)] ?? ''} ${WORDS[next(WORDS.length)] ?? ''} ${String(next(10_000))}`,
  url: `https://pictures.example/${String(next(2 ** 31))}/${String(next(2 ** 31))}.png`,
  size: next(5_000_000),
  ratio: next(1000) / 1000,
  favourite: next(2) === 1,
  album: next(5) === 0 ? null : `album-${String(next(40))}`,
  tags: Array.from({ length: next(4) }, () => WORDS[next(WORDS.length)] ?? ''),
  place: { latitude: next(18_000) / 100 - 90, longitude: next(36_000) / 100 - 180, note: 'x'.repeat(next(60)) },
});

/** Two thirds records with identities, a sixth an object with many keys, a sixth plain lists. */
export const documentOf = (bytes: number): Obj => {
  const next = random(7);
  const third = bytes / 6;
  const items: Json[] = [];
  for (let size = 0; size < third * 4; size += 275) items.push(record(items.length + 1, next));
  const settings: Obj = {};
  for (let size = 0, i = 0; size < third; size += 42, i++) settings[`group ${String(i % 997)} key ${String(i)}`] = next(2) === 0 ? next(1000) : { on: next(2) === 1, level: next(9) };
  const log: Json[] = [];
  for (let size = 0; size < third; size += 27) log.push([next(2 ** 31), WORDS[next(WORDS.length)] ?? '', next(100)]);
  return { version: 3, items, settings, log };
};

/** Edits about this share of the document's parts: values, new and deleted elements and keys, list items. */
export const edited = (document: Obj, share: number, side: 'mine' | 'theirs'): Obj => {
  const copy = structuredClone(document) as { version: number; items: Obj[]; settings: Obj; log: Json[] };
  const next = random(side === 'mine' ? 11 : 13);
  const parity = side === 'mine' ? 0 : 1;
  const some = (length: number): number[] => Array.from({ length: Math.ceil(length * share) }, () => 2 * next(Math.floor(length / 2)) + parity);
  for (const i of some(copy.items.length)) Object.assign(copy.items[i] ?? {}, { name: `${side} ${String(next(1e9))}`, favourite: next(2) === 1 });
  const gone = new Set(some(copy.items.length / 10));
  copy.items = copy.items.filter((_, i) => !gone.has(i));
  for (let i = 0; i < gone.size; i++) copy.items.push(record(1e9 + 2 * i + parity, next));
  const keys = Object.keys(copy.settings);
  for (const i of some(keys.length)) copy.settings[keys[i] ?? ''] = `${side} ${String(next(1e9))}`;
  for (const i of some(copy.log.length)) copy.log[i] = [next(2 ** 31), side, next(100)];
  return copy;
};

/** The same list in another order. */
export const shuffled = <T>(list: readonly T[], seed: number): T[] => {
  const [result, next] = [[...list], random(seed)];
  for (let i = result.length - 1; i > 0; i--) {
    const j = next(i + 1);
    [result[i], result[j]] = [result[j] as T, result[i] as T];
  }
  return result;
};
