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
/** A document type is not longer. */
const MOST_TYPE = 200_000;
const ATTLIST = /<!ATTLIST\s+([^\s"'>]{1,200})((?:[^>"']|"[^"]{0,2000}"|'[^']{0,2000}'){0,5000})>/y;
const DEFAULT = /([^\s"'()|]{1,100})\s+(?:[A-Z]{2,10}|\([^)"']{0,500}\))\s+(?:#FIXED\s+)?(?:"([^"]*)"|'([^']*)')/g;
const IN_STYLE = /url\(\s*(?:["']\s*)?#([^"')\s]+)/gi;

/** A drawing is built to exhaust whoever reads it. */
export class Trap extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'Trap';
  }
}

/** A drawing is put together from other files, which nobody who is sent it has. */
export class FromOutside extends Error {
  constructor() {
    super('takes parts from other files');
    this.name = 'FromOutside';
  }
}

/**
 * Throws `Trap` for a drawing that is built to exhaust whoever reads it: readers take the square of its depth, and entities of entities multiply.
 * Throws `FromOutside` for one whose entities are other files.
 */
export function refuseTraps(text: string): void {
  const entities = [...text.slice(0, MOST_TYPE).matchAll(/<!ENTITY\s[^>]{0,2000}>/g)].map(([entity]) => entity);
  if (entities.some((entity) => /^<!ENTITY\s+(?:%\s+)?[^\s"'>]+\s+(?:SYSTEM|PUBLIC)\s/.test(entity))) throw new FromOutside();
  if (entities.length > MOST_ENTITIES || entities.some((entity) => /&(?!#)|%|SYSTEM|PUBLIC/.test(entity)) || text.indexOf('<!ENTITY', MOST_TYPE) !== -1) throw new Trap('entities of entities');
  if (text.indexOf('<!ATTLIST', MOST_TYPE) !== -1) throw new Trap('says what elements are for long');
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

/** `whole`: its name with what stands before it. */
type Tag = { readonly name: string; readonly whole: string; readonly inside: string; readonly closes: boolean; readonly empty: boolean };

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
      yield { name: name.slice(name.indexOf(':') + 1), whole: name, inside: whole.slice(name.length), closes, empty: whole.endsWith('/') };
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

/**
 * `kind`: its outermost element. `styles`: the keys of what style sheets say of its elements; `painted`: of those elements that these lie in.
 * `paints`: the names of paints that come down from there. `uses`: what is drawn again, in such paints.
 */
type Part = { readonly kind: string; elements: number; readonly names: string[]; readonly inside: Part[]; readonly styles: string[]; readonly painted: string[]; readonly paints: string[]; readonly uses: { readonly name: string; readonly paint: Part }[] };
const newPart = (kind = ''): Part => ({ kind, elements: 0, names: [], inside: [], styles: [], painted: [], paints: [], uses: [] });

/** The paints of an element that those within it have, too, unless they have their own. */
type Paints = Readonly<Record<string, readonly string[]>>;
const INHERITED = /^(fill|stroke|marker(-start|-mid|-end)?)$/;

/** What of a style comes down to the elements within. */
const paintsIn = (style: string): Paints =>
  Object.fromEntries(
    unescaped(withoutComments(style))
      .split(';')
      .map((one) => one.split(/:(.*)/s))
      .flatMap(([key = '', value = '']) => (INHERITED.test(key.trim().toLowerCase()) ? [[key.trim().toLowerCase(), namesIn(value)]] : [])),
  );

type Attributes = readonly (readonly [key: string, value: string])[];
type Defaults = ReadonlyMap<string, Attributes>;

const paintsOf = (attributes: Attributes): Paints => Object.assign({}, ...attributes.map(([key, value]) => (key === 'style' ? paintsIn(value) : INHERITED.test(key) ? { [key]: namesIn(value) } : {}))) as Paints;

/** What comes down to the elements within one: its paints, and what style sheets may paint it with. */
type Look = { readonly paints: Paints; readonly styled: Part };
const NO_LOOK: Look = { paints: {}, styled: newPart() };

/** What an element gives to those within it; what it takes from `outer`, its part draws. */
function lookOf(part: Part, name: string, attributes: Attributes, outer: Look): Look {
  const own = paintsOf(attributes);
  for (const [key, names] of Object.entries(outer.paints)) if (!(key in own)) part.paints.push(...names);
  part.inside.push(outer.styled);
  const keys = attributes.flatMap(([key, value]) => (key === 'class' ? value.split(/\s+/).map((one) => `.${one}`) : key === 'id' ? [`#${value}`] : []));
  return { paints: Object.keys(own).length === 0 ? outer.paints : { ...outer.paints, ...own }, styled: { ...newPart(), painted: [name, ...keys], inside: [outer.styled] } };
}

/** An element's attributes, with those that its document type gives to it. */
function attributesOf({ whole, inside }: Tag, defaults: Defaults): Attributes {
  const own = [...inside.matchAll(ATTRIBUTE)].map(([, key = '', one, other]) => [key, plain(one ?? other ?? '')] as const);
  return [...own, ...(defaults.get(whole) ?? []).filter(([key]) => !own.some(([given]) => given === key))];
}

/** What a document type gives to elements that do not say it themselves. */
function defaultsIn(text: string): Defaults {
  const defaults = new Map<string, Attributes>();
  const type = text.slice(0, MOST_TYPE);
  let count = 0;
  for (let at = type.indexOf('<!ATTLIST'); at !== -1; at = type.indexOf('<!ATTLIST', ATTLIST.lastIndex)) {
    ATTLIST.lastIndex = at;
    const [, element = '', list = ''] = ATTLIST.exec(type) ?? [];
    if (element === '') throw new Trap('a document type without an end');
    const drawn = [...list.matchAll(DEFAULT)].map(([, key = '', one, other]) => [key, plain(one ?? other ?? '')] as const).filter(([key, value]) => key === 'class' || /#|url|\\/i.test(value));
    count += drawn.length;
    if (count > MOST_ENTITIES) throw new Trap('says too much of what elements are');
    defaults.set(element, [...(defaults.get(element) ?? []), ...drawn]);
  }
  return defaults;
}

/** How many elements are drawn when each name stands for what it names, with all that this names in turn. */
function drawnBy(text: string): number {
  const whole = newPart();
  const named = new Map<string, Part>();
  const defaults = defaultsIn(text);
  const open: { readonly part: Part; readonly name: string; readonly look: Look }[] = [];
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
    const attributes = attributesOf(tag, defaults);
    const id = attributes.find(([key]) => key === 'id' || key === 'xml:id')?.[1];
    const outer = around?.part ?? whole;
    const part = id === undefined || named.has(id) ? outer : newPart(tag.name);
    if (id !== undefined && part !== outer) {
      named.set(id, part);
      outer.inside.push(part);
    }
    const namesBefore = part.names.length;
    part.elements += 1;
    part.styles.push('*', tag.name, ...(id === undefined ? [] : [`#${id}`]));
    for (const [key, value] of attributes) {
      if (/(^|:)href$/.test(key) && value.trim().startsWith('#')) part.names.push(value.trim().slice(1));
      else if (key === 'class') for (const name of value.split(/\s+/)) part.styles.push(`.${name}`);
      else for (const name of namesIn(value)) part.names.push(name);
    }
    const look = lookOf(part, tag.name, attributes, around?.look ?? NO_LOOK);
    if (tag.name === 'use') for (const name of part.names.slice(namesBefore)) part.uses.push({ name, paint: { ...newPart(), paints: Object.values(look.paints).flat(), inside: [look.styled] } });
    if (!tag.empty) open.push({ part, name: tag.name, look });
    if (open.length > DEEPEST) throw new Trap('nested too deep');
  }
  return costOf(whole, { named, ...styledBy(sheets.join('')), known: new Map(), within: new Set(), sizes: new Map() });
}

const namesIn = (style: string): readonly string[] => (/url|\\|\/\*/i.test(style) ? [...unescaped(withoutComments(style)).matchAll(IN_STYLE)].map(([, name = '']) => name) : []);

/** What style sheets draw with, by the class, name or kind that the last part of a selector asks for; what it asks besides may only make it less. */
function styledBy(sheet: string): Pick<Counting, 'styled' | 'painting'> {
  const [styled, painting] = [new Map<string, Part>(), new Map<string, Part>()];
  for (const rule of withoutComments(sheet).split('}')) {
    if (!/url\(|\\/i.test(rule)) continue;
    const [selectors = '', declared = ''] = rule.split('{').slice(-2);
    const names = namesIn(declared);
    if (names.length === 0) continue;
    const paints = Object.values(paintsIn(declared)).flat();
    for (const selector of selectors.split(',')) {
      // Behind these signs stands what an element is besides.
      const last = (selector.trim().split(/[\s>+~]+/).at(-1) ?? '').replace(/[:[].*/s, '');
      const key = unescaped(/\.[^.#]+/.exec(last)?.[0] ?? /#[^.#]+/.exec(last)?.[0] ?? (last === '' || /[()\]]/.test(last) ? '*' : last));
      const part = styled.get(key) ?? newPart();
      styled.set(key, part);
      for (const name of names) part.names.push(name);
      const paint = painting.get(key) ?? newPart();
      painting.set(key, paint);
      paint.paints.push(...paints);
    }
  }
  return { styled, painting };
}

/** `painting`: what style sheets paint the elements with that lie in one. */
type Counting = { readonly named: ReadonlyMap<string, Part>; readonly styled: ReadonlyMap<string, Part>; readonly painting: ReadonlyMap<string, Part>; readonly known: Map<Part, number>; readonly within: Set<Part>; readonly sizes: Map<Part, number> };

/** What names itself is drawn once. */
function costOf(part: Part, counting: Counting): number {
  const { named, styled, painting, known, within } = counting;
  const before = known.get(part);
  if (before !== undefined || within.has(part)) return before ?? 0;
  if (within.size > 2 * DEEPEST) throw new Trap('named too deep');
  within.add(part);
  let cost = part.elements;
  for (const other of part.inside) cost += costOf(other, counting);
  for (const [keys, parts] of [[part.names, named], [part.styles, styled], [part.painted, painting]] as const)
    for (const key of keys) {
      const other = parts.get(key);
      if (other !== undefined) cost += costOf(other, counting);
    }
  // Colours that run into each other are next to no work, however often.
  for (const name of part.paints) {
    const other = named.get(name);
    if (other?.kind === 'pattern' || other?.kind === 'marker') cost += costOf(other, counting);
  }
  for (const { name, paint } of part.uses) {
    const once = costOf(paint, counting);
    const other = named.get(name);
    if (once > 0 && other !== undefined) cost += once * sizeOf(other, counting);
  }
  within.delete(part);
  known.set(part, cost);
  return cost;
}

/** How many elements a part has with those that it uses; those of paints are not among them. */
function sizeOf(part: Part, counting: Counting): number {
  const { named, sizes } = counting;
  const before = sizes.get(part);
  if (before !== undefined) return before;
  // What names itself is drawn once.
  sizes.set(part, 0);
  let size = part.elements;
  for (const other of [...part.inside, ...part.uses.flatMap(({ name }) => named.get(name) ?? [])]) size += sizeOf(other, counting);
  sizes.set(part, size);
  return size;
}
