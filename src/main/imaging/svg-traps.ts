/** No drawing that people make is nested deeper, nor does the picture library read any that is. */
const DEEPEST = 500;
const MOST_ENTITIES = 100;
const TAG = /<(\/?)[A-Za-z_][^>]*>/g;

/** As many elements as are drawn at most, those counted each time that are drawn again by their names. */
const MOST_DRAWN = 200_000;
const ID = /\sid\s*=\s*(["'])(.*?)\1/;
const NAMED = /(?:href\s*=\s*["']\s*|url\(\s*["']?)#([^"')\s]+)/g;

/** A drawing is built to exhaust whoever reads it. */
export class Trap extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'Trap';
  }
}

/** Throws `Trap` for a drawing that is built to exhaust whoever reads it: readers take the square of its depth, and entities of entities multiply. */
export function refuseTraps(text: string): void {
  const entities = [...text.slice(0, 200_000).matchAll(/<!ENTITY\s[^>]{0,2000}>/g)].map(([entity]) => entity);
  if (entities.length > MOST_ENTITIES || entities.some((entity) => /&(?!#)|%|SYSTEM|PUBLIC/.test(entity)) || text.indexOf('<!ENTITY', 200_000) !== -1) throw new Trap('entities of entities');
  let depth = 0;
  for (const [tag, closes] of text.matchAll(TAG)) {
    if (closes === '/') depth -= 1;
    else if (!tag.endsWith('/>')) depth += 1;
    if (depth > DEEPEST) throw new Trap('nested too deep');
  }
  if (drawnBy(text) > MOST_DRAWN) throw new Trap('draws itself again and again');
}

type Part = { elements: number; readonly names: string[]; readonly inside: Part[] };
const newPart = (): Part => ({ elements: 0, names: [], inside: [] });

/** How many elements are drawn when each name stands for what it names, with all that this names in turn. */
function drawnBy(text: string): number {
  const whole = newPart();
  const named = new Map<string, Part>();
  const open: Part[] = [whole];
  for (const [tag, closes] of text.matchAll(TAG)) {
    if (closes === '/') {
      if (open.length > 1) open.pop();
      continue;
    }
    const around = open.at(-1) ?? whole;
    const id = ID.exec(tag)?.[2];
    const part = id === undefined || named.has(id) ? around : newPart();
    if (id !== undefined && part !== around) {
      named.set(id, part);
      around.inside.push(part);
    }
    part.elements += 1;
    for (const [, name = ''] of tag.matchAll(NAMED)) part.names.push(name);
    if (!tag.endsWith('/>')) open.push(part);
  }
  return costOf(whole, named, new Map(), new Set());
}

/** What names itself is drawn once. */
function costOf(part: Part, named: ReadonlyMap<string, Part>, known: Map<Part, number>, within: Set<Part>): number {
  const before = known.get(part);
  if (before !== undefined || within.has(part)) return before ?? 0;
  if (within.size > DEEPEST) throw new Trap('named too deep');
  within.add(part);
  let cost = part.elements;
  for (const other of [...part.inside, ...part.names.map((name) => named.get(name))]) if (other !== undefined) cost += costOf(other, named, known, within);
  within.delete(part);
  known.set(part, cost);
  return cost;
}
