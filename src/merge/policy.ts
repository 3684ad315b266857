/** How one place of a document is merged, where that is not found out from its values. */
export type Rule =
  | { readonly path: string; readonly as: 'keyed'; readonly key: string }
  | { readonly path: string; readonly as: 'set' | 'list' | 'log' | 'atomic' | 'local-only' };

/**
 * What is known about a document before it is merged. Plain data. A rule's path is a JSON pointer in which a segment `*`
 * stands for any key and for any item of an array (`~0` is ~, `~1` is /, `~2` is a key that is really called *).
 */
export type Policy = {
  /** Names the document in the ids of conflicts. */
  readonly fileKey?: string;
  readonly rules?: readonly Rule[];
  /** Fields that may identify the elements of an array, in order of preference. */
  readonly identityKeys?: readonly string[];
};

export const IDENTITY_KEYS: readonly string[] = ['id', '_id', 'uuid', 'key', 'hash'];

/** The rules below one place; null where there are none. */
export type RuleNode = {
  rule: Rule | null;
  any: RuleNode | null;
  readonly keys: Map<string, RuleNode>;
};

const node = (): RuleNode => ({ rule: null, any: null, keys: new Map() });

const ANY = Symbol('any');
const segments = (path: string): (string | typeof ANY)[] =>
  path === ''
    ? []
    : path
        .slice(1)
        .split('/')
        .map((part) => (part === '*' ? ANY : part.replaceAll('~2', '*').replaceAll('~1', '/').replaceAll('~0', '~')));

const child = (at: RuleNode, segment: string | typeof ANY): RuleNode => {
  if (segment === ANY) return (at.any ??= node());
  const found = at.keys.get(segment) ?? node();
  at.keys.set(segment, found);
  return found;
};

/** The rules as a tree to walk beside the document, or null when there are none. */
export const compileRules = (rules: readonly Rule[] = []): RuleNode | null => {
  if (rules.length === 0) return null;
  const root = node();
  for (const rule of rules) segments(rule.path).reduce(child, root).rule = rule;
  return root;
};

/** The rules under a key; one that names the key goes before one for any key. */
export const rulesUnder = (at: RuleNode | null, key: string): RuleNode | null => (at === null ? null : (at.keys.get(key) ?? at.any));

/** The rules for the items of an array. */
export const rulesForItems = (at: RuleNode | null): RuleNode | null => at?.any ?? null;
