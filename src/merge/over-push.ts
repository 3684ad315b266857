import type { Digest } from './canonical';
import { isArray, isObject, own, put, same, type JsonArray, type JsonObject, type JsonValue, type Maybe, type MutableObject } from './json';
import { keyedBy } from './keyed';
import { holds } from './merge';
import { compileRules, IDENTITY_KEYS, rulesForItems, rulesUnder, type Policy, type RuleNode } from './policy';

class OverPush {
  readonly #keys: readonly string[];

  constructor(
    private readonly policy: Policy,
    private readonly digest: Digest,
  ) {
    this.#keys = policy.identityKeys ?? IDENTITY_KEYS;
  }

  readonly place = (base: Maybe, pushed: Maybe, theirs: Maybe, rules: RuleNode | null): Maybe => {
    const as = rules?.rule?.as;
    if (as === 'local-only' || same(pushed, base)) return base;
    if (same(pushed, theirs)) return pushed;
    if (as === 'atomic') return base;
    if (isObject(pushed) && isObject(theirs) && (base === undefined || isObject(base))) return this.#object(base, pushed, theirs, rules);
    if (isArray(pushed) && isArray(theirs) && (base === undefined || isArray(base))) return this.#array(base, pushed, theirs, rules);
    return base;
  };

  #object(base: JsonObject | undefined, pushed: JsonObject, theirs: JsonObject, rules: RuleNode | null): Maybe {
    const next: MutableObject = {};
    let changed = false;
    for (const key of new Set([...Object.keys(base ?? {}), ...Object.keys(pushed)])) {
      const before = base === undefined ? undefined : own(base, key);
      const found = this.place(before, own(pushed, key), own(theirs, key), rulesUnder(rules, key));
      changed ||= found !== before;
      if (found !== undefined) put(next, key, found);
    }
    return changed ? next : base;
  }

  #array(base: JsonArray | undefined, pushed: JsonArray, theirs: JsonArray, rules: RuleNode | null): Maybe {
    const { policy, digest } = this;
    if (holds(base, pushed, theirs, rules, { policy, digest })) return pushed;
    const rule = rules?.rule;
    const keyed = rule?.as === 'set' || rule?.as === 'log' || rule?.as === 'list' ? null : keyedBy(rule?.as === 'keyed' ? [rule.key] : this.#keys, base ?? [], pushed, theirs);
    if (keyed === null) return base;
    const items: JsonValue[] = [];
    let changed = false;
    for (const id of new Set([...keyed.base.ids, ...keyed.mine.ids])) {
      const [inBase, inPushed, inTheirs] = [keyed.base.at.get(id), keyed.mine.at.get(id), keyed.theirs.at.get(id)];
      const before = inBase === undefined ? undefined : base?.[inBase];
      const found = this.place(before, inPushed === undefined ? undefined : pushed[inPushed], inTheirs === undefined ? undefined : theirs[inTheirs], rulesForItems(rules));
      changed ||= found !== before;
      if (found !== undefined) items.push(found);
    }
    return changed ? items : base;
  }
}

/**
 * The base for a merge with a document that may hold `pushed`, which grew from the base and lies below mine, because a host
 * merged it in unasked: where theirs has just what was pushed, that is what both go on from. Whatever mine has otherwise
 * than that is the later of the two, also when it is what the base had. Elsewhere the base stays.
 */
export const overPush = (base: Maybe, pushed: Maybe, theirs: Maybe, { policy = {}, digest }: { readonly policy?: Policy; readonly digest: Digest }): Maybe =>
  new OverPush(policy, digest).place(base, pushed, theirs, compileRules(policy.rules));
