/** No drawing that people make is nested deeper. */
const DEEPEST = 1_000;
const MOST_ENTITIES = 100;
const TAG = /<(\/?)[A-Za-z_][^>]*>/g;

/** Throws for a drawing that is built to exhaust whoever reads it: readers take the square of its depth, and entities of entities multiply. */
export function refuseTraps(text: string): void {
  const entities = [...text.slice(0, 200_000).matchAll(/<!ENTITY\s[^>]{0,2000}>/g)].map(([entity]) => entity);
  if (entities.length > MOST_ENTITIES || entities.some((entity) => /&(?!#)|%|SYSTEM|PUBLIC/.test(entity)) || text.indexOf('<!ENTITY', 200_000) !== -1) throw new Error('entities of entities');
  let depth = 0;
  for (const [tag, closes] of text.matchAll(TAG)) {
    if (closes === '/') depth -= 1;
    else if (!tag.endsWith('/>')) depth += 1;
    if (depth > DEEPEST) throw new Error('nested too deep');
  }
}
