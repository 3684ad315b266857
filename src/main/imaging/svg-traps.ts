import { unescaped, withoutComments } from './style-text';

/** No drawing that people make is nested deeper, nor does the picture library read any that is. */
const DEEPEST = 500;
const MOST_ENTITIES = 100;
/** As long as a text becomes at most when each entity stands for what it means. */
const MOST_LETTERS = 20_000_000;

/** As many elements as are drawn at most, those counted each time that are drawn again by their names. */
const MOST_DRAWN = 200_000;
const ENTITY = /<!ENTITY\s+([^\s"'>%]{1,200})\s+(?:"([^"]*)"|'([^']*)')\s*>/g;
const ATTRIBUTE = /(?<![^\s"'])([^\s=]{1,100})\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const IN_STYLE = /url\(\s*(?:["']\s*)?#([^"')\s]+)/gi;

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
  if (drawnBy(withEntities(text)) > MOST_DRAWN) throw new Trap('draws itself again and again');
}

/** A text with what its entities stand for. */
function withEntities(text: string): string {
  const meant = new Map<string, string>();
  const rest = text.replace(ENTITY, (_all, name: string, one?: string, other?: string) => {
    const value = plain(one ?? other ?? '');
    if (/&(?!#|(?:amp|lt|gt|quot|apos);)/.test(value)) throw new Trap('entities of entities');
    // The first of a name counts. A quote in it ends no attribute.
    if (!meant.has(name)) meant.set(name, value.includes('<') ? value : value.replaceAll('"', '&#34;').replaceAll("'", '&#39;'));
    return '';
  });
  if (meant.size === 0) return text;
  let length = rest.length;
  return rest.replace(/&([^\s&;#]{1,200});/g, (all, name: string) => {
    const value = meant.get(name) ?? all;
    length += value.length;
    if (length > MOST_LETTERS) throw new Trap('entities again and again');
    return value;
  });
}

/** A text with its signs for their numbers. */
const plain = (text: string): string =>
  text.includes('&#') ? text.replace(/&#(?:x([0-9a-f]{1,8})|([0-9]{1,8}));/gi, (_all, hex?: string, ten?: string) => String.fromCodePoint(Math.min(0x10ffff, hex === undefined ? Number(ten) : Number.parseInt(hex, 16)))) : text;

type Tag = { readonly name: string; readonly inside: string; readonly closes: boolean; readonly empty: boolean };

/** The tags and texts of a drawing, in one pass whatever it is: its parser gives up on many that are drawn. Ends where it is no XML. */
function* tagsAndTexts(text: string): Generator<Tag | string> {
  let at = 0;
  for (let from = text.indexOf('<'); from !== -1; from = text.indexOf('<', at)) {
    if (from > at) yield plain(text.slice(at, from));
    const [start, end] = text.startsWith('<!--', from) ? [4, '-->'] : text.startsWith('<![CDATA[', from) ? [9, ']]>'] : text.startsWith('<?', from) ? [2, '?>'] : [0, ''];
    if (start > 0) {
      const to = text.indexOf(end, from + start);
      if (to === -1) return;
      if (start === 9) yield text.slice(from + start, to);
      at = to + end.length;
    } else if (text[from + 1] === '!') {
      at = from + 2;
    } else {
      const to = endOfTag(text, from);
      if (to === -1) return;
      const closes = text[from + 1] === '/';
      const whole = text.slice(from + (closes ? 2 : 1), to);
      const name = /^[^\s/]*/.exec(whole)?.[0] ?? '';
      yield { name: name.slice(name.indexOf(':') + 1), inside: whole.slice(name.length), closes, empty: whole.endsWith('/') };
      at = to + 1;
    }
  }
}

/** Where a tag ends: a `>` within quotes ends none. */
function endOfTag(text: string, from: number): number {
  const sign = /[>"']/g;
  sign.lastIndex = from;
  for (let found = sign.exec(text); found !== null; found = sign.exec(text)) {
    if (found[0] === '>') return found.index;
    const close = text.indexOf(found[0], found.index + 1);
    if (close === -1) return -1;
    sign.lastIndex = close + 1;
  }
  return -1;
}

/** `styles`: the keys of what style sheets say of its elements. */
type Part = { elements: number; readonly names: string[]; readonly inside: Part[]; readonly styles: string[] };
const newPart = (): Part => ({ elements: 0, names: [], inside: [], styles: [] });

/** How many elements are drawn when each name stands for what it names, with all that this names in turn. */
function drawnBy(text: string): number {
  const whole = newPart();
  const named = new Map<string, Part>();
  const open: { readonly part: Part; readonly name: string }[] = [];
  const sheets: string[] = [];
  let elements = 0;
  for (const tag of tagsAndTexts(text)) {
    const around = open.at(-1);
    if (typeof tag === 'string') {
      if (around?.name === 'style') sheets.push(tag);
      continue;
    }
    if (tag.closes) {
      open.pop();
      continue;
    }
    elements += 1;
    if (elements > MOST_DRAWN) throw new Trap('draws too much');
    const attributes = [...tag.inside.matchAll(ATTRIBUTE)].map(([, key = '', one, other]) => [key, plain(one ?? other ?? '')] as const);
    const id = attributes.find(([key]) => key === 'id' || key === 'xml:id')?.[1];
    const outer = around?.part ?? whole;
    const part = id === undefined || named.has(id) ? outer : newPart();
    if (id !== undefined && part !== outer) {
      named.set(id, part);
      outer.inside.push(part);
    }
    part.elements += 1;
    part.styles.push('*', tag.name, ...(id === undefined ? [] : [`#${id}`]));
    for (const [key, value] of attributes) {
      if (/(^|:)href$/.test(key) && value.trim().startsWith('#')) part.names.push(value.trim().slice(1));
      else if (key === 'class') for (const name of value.split(/\s+/)) part.styles.push(`.${name}`);
      else for (const name of namesIn(value)) part.names.push(name);
    }
    if (!tag.empty) open.push({ part, name: tag.name });
    if (open.length > DEEPEST) throw new Trap('nested too deep');
  }
  return costOf(whole, { named, styled: styledBy(sheets.join('')), known: new Map(), within: new Set() });
}

const namesIn = (style: string): readonly string[] => (/url|\\|\/\*/i.test(style) ? [...unescaped(withoutComments(style)).matchAll(IN_STYLE)].map(([, name = '']) => name) : []);

/** What style sheets draw with, by the class, name or kind that the last part of a selector asks for; what it asks besides may only make it less. */
function styledBy(sheet: string): ReadonlyMap<string, Part> {
  const styled = new Map<string, Part>();
  for (const rule of withoutComments(sheet).split('}')) {
    if (!/url\(|\\/i.test(rule)) continue;
    const [selectors = '', declared = ''] = rule.split('{').slice(-2);
    const names = namesIn(declared);
    if (names.length === 0) continue;
    for (const selector of selectors.split(',')) {
      // Behind these signs stands what an element is besides.
      const last = (selector.trim().split(/[\s>+~]+/).at(-1) ?? '').replace(/[:[].*/s, '');
      const key = unescaped(/\.[^.#]+/.exec(last)?.[0] ?? /#[^.#]+/.exec(last)?.[0] ?? (last === '' || /[()\]]/.test(last) ? '*' : last));
      const part = styled.get(key) ?? newPart();
      styled.set(key, part);
      for (const name of names) part.names.push(name);
    }
  }
  return styled;
}

type Counting = { readonly named: ReadonlyMap<string, Part>; readonly styled: ReadonlyMap<string, Part>; readonly known: Map<Part, number>; readonly within: Set<Part> };

/** What names itself is drawn once. */
function costOf(part: Part, counting: Counting): number {
  const { named, styled, known, within } = counting;
  const before = known.get(part);
  if (before !== undefined || within.has(part)) return before ?? 0;
  if (within.size > 2 * DEEPEST) throw new Trap('named too deep');
  within.add(part);
  let cost = part.elements;
  for (const other of part.inside) cost += costOf(other, counting);
  for (const [keys, parts] of [[part.names, named], [part.styles, styled]] as const)
    for (const key of keys) {
      const other = parts.get(key);
      if (other !== undefined) cost += costOf(other, counting);
    }
  within.delete(part);
  known.set(part, cost);
  return cost;
}
