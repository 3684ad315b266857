/** What the devices of a story share: cells, elements with an identity, and a list of items without one. No value is written twice. */
export type StoryDocument = {
  readonly cells: Readonly<Record<string, string>>;
  readonly items: readonly StoryItem[];
  readonly list: readonly string[];
};
export type StoryItem = { readonly id: string; readonly n?: string; readonly m?: string };

export const START: StoryDocument = { cells: { a: 'first a', b: 'first b' }, items: [{ id: 'k1', n: 'first n' }, { id: 'k2', n: 'second n' }], list: ['u1', 'u2', 'u3'] };

export const EDITS = ['cell', 'uncell', 'item', 'field', 'unitem', 'put', 'take'] as const;
export type Edit = (typeof EDITS)[number];

/** A number below `most`; each call another one. */
export type Roll = (most: number) => number;

const CELLS = ['a', 'b', 'c', 'd'];
const FIELDS = ['n', 'm'] as const;

const withInserted = <T>(all: readonly T[], one: T, roll: Roll): readonly T[] => {
  const at = roll(all.length + 1);
  return [...all.slice(0, at), one, ...all.slice(at)];
};
const withoutAt = <T>(all: readonly T[], at: number): readonly T[] => all.filter((_, index) => index !== at);

/** The document after a person's edit; as it was where there is nothing to edit. */
export const edited = (document: StoryDocument, what: Edit, roll: Roll, fresh: () => string): StoryDocument => {
  const { cells, items, list } = document;
  const cell = CELLS[roll(CELLS.length)] ?? 'a';
  switch (what) {
    case 'cell':
      return { ...document, cells: { ...cells, [cell]: fresh() } };
    case 'uncell':
      return { ...document, cells: Object.fromEntries(Object.entries(cells).filter(([key]) => key !== cell)) };
    case 'item':
      return { ...document, items: withInserted(items, { id: fresh(), n: fresh() }, roll) };
    case 'field': {
      const [at, field] = [roll(items.length || 1), FIELDS[roll(FIELDS.length)] ?? 'n'];
      return { ...document, items: items.map((one, index) => (index === at ? { ...one, [field]: fresh() } : one)) };
    }
    case 'unitem':
      return { ...document, items: withoutAt(items, roll(items.length || 1)) };
    case 'put':
      return { ...document, list: withInserted(list, fresh(), roll) };
    case 'take':
      return { ...document, list: withoutAt(list, roll(list.length || 1)) };
  }
};
