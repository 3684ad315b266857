import { isArray, isObject, own, put, same, type JsonArray, type JsonObject, type JsonValue, type Maybe, type MutableObject } from './json';
import { keyedBy } from './keyed';
import { compileRules, IDENTITY_KEYS, rulesForItems, rulesUnder, type Policy, type RuleNode } from './policy';

class Recall {
  constructor(private readonly keys: readonly string[]) {}

  readonly place = (base: Maybe, mine: Maybe, theirs: Maybe, older: Maybe, rules: RuleNode | null): Maybe => {
    const as = rules?.rule?.as;
    if (as === 'local-only' || as === 'atomic' || older === undefined) return base;
    if (isObject(mine) && isObject(theirs) && isObject(older) && (base === undefined || isObject(base))) return this.#object(base, mine, theirs, older, rules);
    if (isArray(mine) && isArray(theirs) && isArray(older) && (base === undefined || isArray(base))) return this.#array(base, mine, theirs, older, rules);
    return base;
  };

  /** What the base holds at one place from now on: what was let go there, or what is known of both sides' containers. */
  #member(base: Maybe, mine: Maybe, theirs: Maybe, older: Maybe, rules: RuleNode | null): Maybe {
    if (mine === undefined) return base === undefined && same(theirs, older) ? theirs : base;
    return this.place(base, mine, theirs, older, rules);
  }

  #object(base: JsonObject | undefined, mine: JsonObject, theirs: JsonObject, older: JsonObject, rules: RuleNode | null): Maybe {
    let changed: MutableObject | null = null;
    for (const key of Object.keys(theirs)) {
      const before = base === undefined ? undefined : own(base, key);
      const found = this.#member(before, own(mine, key), theirs[key], own(older, key), rulesUnder(rules, key));
      if (found === undefined || found === before) continue;
      changed ??= copyOf(base);
      put(changed, key, found);
    }
    return changed ?? base;
  }

  #array(base: JsonArray | undefined, mine: JsonArray, theirs: JsonArray, older: JsonArray, rules: RuleNode | null): Maybe {
    const rule = rules?.rule;
    if (rule?.as === 'set' || rule?.as === 'log' || rule?.as === 'list') return base;
    const keyed = keyedBy(rule?.as === 'keyed' ? [rule.key] : this.keys, older, mine, theirs);
    const inBase = keyed === null ? null : keyedBy([keyed.key], base ?? [], theirs, theirs);
    if (keyed === null || inBase === null) return base;
    const items: JsonValue[] = [...(base ?? [])];
    let changed = false;
    for (const [id, at] of keyed.theirs.at) {
      const [inItems, inMine, inOlder] = [inBase.base.at.get(id), keyed.mine.at.get(id), keyed.base.at.get(id)];
      const before = inItems === undefined ? undefined : items[inItems];
      const found = this.#member(before, inMine === undefined ? undefined : mine[inMine], theirs[at], inOlder === undefined ? undefined : older[inOlder], rulesForItems(rules));
      if (found === undefined || found === before) continue;
      changed = true;
      if (inItems === undefined) items.push(found);
      else items[inItems] = found;
    }
    return changed ? items : base;
  }
}

const copyOf = (object: JsonObject | undefined): MutableObject => {
  const copy: MutableObject = {};
  for (const key of Object.keys(object ?? {})) put(copy, key, object?.[key] ?? null);
  return copy;
};

/**
 * The base with what mine is known to have let go: keys and identified elements that neither it nor mine has, and that
 * theirs has just as an older document did which both grew from. Merged over it they stay deleted. What anybody has
 * otherwise than that is left as it is.
 */
export const recall = (base: Maybe, mine: Maybe, theirs: Maybe, older: Maybe, policy: Policy): Maybe => new Recall(policy.identityKeys ?? IDENTITY_KEYS).place(base, mine, theirs, older, compileRules(policy.rules));
