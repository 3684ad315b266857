import { parseTree, type Node } from 'jsonc-parser';
import { align } from './align';
import { isArray, isObject, own, same, type JsonArray, type JsonObject, type JsonValue } from './json';
import { formatOf, print, printValue, type Format } from './format';

/** Longer texts are printed anew: edits in place need a tree of the text, which costs ten times a parse. */
export const MOST_IN_PLACE = 1_000_000;

/** One member of a container that is written anew: as it stood, or new. */
type Member = { readonly from: number | null; readonly text: string };

class Writer {
  readonly #text: string;
  readonly #format: Format;

  constructor(text: string, format: Format) {
    this.#text = text;
    this.#format = format;
  }

  /** The text of a node after its value has become another. What is equal stays as it is written. */
  value(node: Node, before: JsonValue, after: JsonValue): string {
    if (before === after) return this.#slice(node.offset, node.offset + node.length);
    if (isObject(before) && isObject(after)) return this.#object(node, before, after);
    if (isArray(before) && isArray(after)) return this.#array(node, before, after);
    return same(before, after) ? this.#slice(node.offset, node.offset + node.length) : this.#fresh(after, node);
  }

  #object(node: Node, before: JsonObject, after: JsonObject): string {
    const members: Member[] = [];
    const old = node.children ?? [];
    const places = new Map<string, number>();
    old.forEach((property, i) => {
      const [key, value] = property.children ?? [];
      if (!key || !value) return;
      const name = key.value as string;
      const next = own(after, name);
      if (next === undefined) return;
      places.set(name, members.length);
      const head = this.#slice(property.offset, value.offset);
      members.push({ from: i, text: head + this.value(value, own(before, name) ?? null, next) });
    });
    return this.#container(node, old, this.#withNewKeys(members, node, before, after, places));
  }

  /** New keys go behind the key they follow in the result. */
  #withNewKeys(members: Member[], node: Node, before: JsonObject, after: JsonObject, places: ReadonlyMap<string, number>): Member[] {
    const following = new Map<number, Member[]>();
    let place = -1;
    for (const key of Object.keys(after)) {
      if (Object.hasOwn(before, key)) {
        place = places.get(key) ?? place;
        continue;
      }
      const colon = this.#format.indent !== '' || this.#format.spaced ? ': ' : ':';
      const value = own(after, key) ?? null;
      const added = following.get(place) ?? [];
      following.set(place, added);
      added.push({ from: null, text: `${JSON.stringify(key)}${colon}${this.#fresh(value, node, 1)}` });
    }
    if (following.size === 0) return members;
    return [...(following.get(-1) ?? []), ...members.flatMap((member, i) => [member, ...(following.get(i) ?? [])])];
  }

  #array(node: Node, before: JsonArray, after: JsonArray): string {
    const old = node.children ?? [];
    const members: Member[] = [];
    const keep = (i: number, j: number): void => void members.push({ from: i, text: this.value(old[i] as Node, before[i] as JsonValue, after[j] as JsonValue) });
    const hunks = align(before, after) ?? [{ lo: 0, hi: before.length, from: 0, to: after.length }];
    let [i, j] = [0, 0];
    for (const hunk of [...hunks, { lo: before.length, hi: before.length, from: after.length, to: after.length }]) {
      while (i < hunk.lo) keep(i++, j++);
      // Items that were replaced by as many are taken for edited ones: that keeps their layout, and changes no value.
      while (i < hunk.hi && j < hunk.to) keep(i++, j++);
      while (j < hunk.to) members.push({ from: null, text: this.#fresh(after[j++] as JsonValue, node, 1) });
      i = hunk.hi;
    }
    return this.#container(node, old, members);
  }

  /** Puts members between the brackets, with the spaces and line breaks that stood around them. */
  #container(node: Node, old: readonly Node[], members: readonly Member[]): string {
    const [open, close] = [this.#text[node.offset] ?? '', this.#text[node.offset + node.length - 1] ?? ''];
    if (members.length === 0) return old.length === 0 ? this.#slice(node.offset, node.offset + node.length) : open + close;
    const [first, last] = [old[0], old.at(-1)];
    const lines = !first && this.#format.indent !== '';
    const lead = lines ? this.#format.eol + this.#indentOf(node) + this.#format.indent : first ? this.#slice(node.offset + 1, first.offset) : '';
    const trail = lines ? this.#format.eol + this.#indentOf(node) : last ? this.#slice(last.offset + last.length, node.offset + node.length - 1) : '';
    const between = this.#between(old, lead);
    let text = open + lead;
    members.forEach((member, i) => {
      const before = members[i - 1];
      if (before) text += member.from !== null && before.from === member.from - 1 ? this.#gap(old, before.from) : between;
      text += member.text;
    });
    return text + trail + close;
  }

  /** What stands between two members that were not neighbours. */
  #between(old: readonly Node[], lead: string): string {
    if (lead.includes('\n')) return `,${lead}`;
    if (old.length > 1) return this.#gap(old, 0);
    return this.#format.spaced || this.#format.indent !== '' ? ', ' : ',';
  }

  #gap(old: readonly Node[], i: number): string {
    const [a, b] = [old[i], old[i + 1]];
    return a && b ? this.#slice(a.offset + a.length, b.offset) : ',';
  }

  /** A value that was not there: on several lines where its surroundings are. */
  #fresh(value: JsonValue, near: Node, deeper: 0 | 1 = 0): string {
    const first = near.children?.[0];
    const onOneLine = this.#format.indent === '' || (deeper === 1 && first !== undefined && !this.#slice(near.offset, first.offset).includes('\n'));
    if (onOneLine) return printValue(value, { ...this.#format, indent: '', spaced: this.#format.spaced || this.#format.indent !== '' });
    const lead = deeper === 0 ? this.#indentOf(near) : first ? this.#indentOf(first) : this.#indentOf(near) + this.#format.indent;
    return printValue(value, this.#format, lead);
  }

  /** The white space that the node's line begins with. */
  #indentOf(node: Node): string {
    const start = this.#text.lastIndexOf('\n', node.offset - 1) + 1;
    return /^[ \t]*/.exec(this.#text.slice(start, node.offset))?.[0] ?? '';
  }

  #slice(from: number, to: number): string {
    return this.#text.slice(from, to);
  }
}

const inPlace = (text: string, before: JsonValue, after: JsonValue, format: Format): string | null => {
  const body = format.bom ? text.slice(1) : text;
  const root = parseTree(body, [], { disallowComments: true });
  if (!root) return null;
  const written = new Writer(body, format).value(root, before, after);
  return (format.bom ? text.slice(0, 1) : '') + body.slice(0, root.offset) + written + body.slice(root.offset + root.length);
};

/**
 * The text of `after`, as close to the text of `before` as can be. Texts of up to a million characters are edited in
 * place: what is equal keeps its spelling, order and layout. Longer ones are printed anew with the same indentation, line
 * ends, byte order mark and final newline. `before` is what readJson made of `text`.
 */
export const writeBack = (text: string, before: JsonValue, after: JsonValue): string => {
  if (before === after || same(before, after)) return text;
  const format = formatOf(text);
  return (text.length <= MOST_IN_PLACE ? inPlace(text, before, after, format) : null) ?? print(after, format);
};
