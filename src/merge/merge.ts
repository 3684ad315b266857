import type { Change, Choices, Conflict, Note } from './conflict';
import type { Digest } from './canonical';
import { Draft, listDraft, objectDraft, render, unlessAllBase, type Merged } from './draft';
import { isArray, isObject, own, put, same, type JsonArray, type JsonObject, type JsonValue, type Maybe, type MutableObject } from './json';
import { keyedBy, KeyedMerge, looksKeyed } from './keyed';
import { ListMerge, mergeSets } from './list';
import { compileRules, IDENTITY_KEYS, rulesForItems, rulesUnder, type Policy, type RuleNode } from './policy';
import { Walk } from './walk';

export type MergeOptions = {
  readonly policy?: Policy;
  /** Names conflicts; the same function on all devices. */
  readonly digest: Digest;
  /** Record clean changes too, so that they can be looked at and undone one by one. Costs time and memory. */
  readonly changes?: boolean;
};

/** What a merge came to. */
export type Outcome = {
  /** The merged document: clean changes of both sides, and at conflicts the provisional value. Undefined: absent. */
  readonly value: Maybe;
  readonly conflicts: readonly Conflict[];
  /** Clean changes, when they were asked for. */
  readonly changes: readonly Change[];
  readonly notes: readonly Note[];
  /** The document with its open places, for resolve(). */
  readonly draft: Merged;
};

const EMPTY_OBJECT: JsonObject = {};
const EMPTY_ARRAY: JsonArray = [];
const NO_CHOICES: Choices = new Map();

class Merge {
  readonly walk: Walk;
  readonly #identityKeys: readonly string[];

  constructor(walk: Walk, policy: Policy) {
    this.walk = walk;
    this.#identityKeys = policy.identityKeys ?? IDENTITY_KEYS;
  }

  /** Merges one place, whatever stands there. */
  readonly node = (base: Maybe, mine: Maybe, theirs: Maybe, rules: RuleNode | null): Merged => {
    const as = rules?.rule?.as;
    if (as === 'local-only') return mine;
    if (as === 'atomic') return this.walk.leaf(base, mine, theirs);
    if (isObject(mine) && isObject(theirs) && (base === undefined || isObject(base))) return this.#object(base ?? EMPTY_OBJECT, mine, theirs, rules);
    if (isArray(mine) && isArray(theirs) && (base === undefined || isArray(base))) return this.#array(base, mine, theirs, rules);
    return this.walk.leaf(base, mine, theirs);
  };

  /** Merges one place of a container. What both sides added there goes again when the base is chosen for all of it. */
  readonly #member = (base: Maybe, mine: Maybe, theirs: Maybe, rules: RuleNode | null): Merged => {
    if (base !== undefined || mine === undefined || theirs === undefined) return this.node(base, mine, theirs, rules);
    const { walk } = this;
    if (walk.track && same(mine, theirs)) return walk.leaf(base, mine, theirs);
    const [conflicts, changes] = [walk.conflicts.length, walk.changes.length];
    const merged = this.node(base, mine, theirs, rules);
    if (!(merged instanceof Draft)) return merged;
    return unlessAllBase(merged, [...walk.conflicts.slice(conflicts), ...walk.changes.slice(changes)].map(({ id }) => id));
  };

  #object(base: JsonObject, mine: JsonObject, theirs: JsonObject, rules: RuleNode | null): Merged {
    const found = this.walk.found;
    const keys = Object.keys(theirs);
    /** What was merged, from the first property that is not mine's. */
    let values: Merged[] | null = null;
    let [asTheirs, common] = [true, 0];
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] as string;
      const [ours, value] = [own(mine, key), theirs[key]];
      const merged = this.#property(key, own(base, key), ours, value, rules);
      if (ours !== undefined) common += 1;
      if (values === null && merged !== ours) values = keys.slice(0, i).map((name) => own(mine, name));
      values?.push(merged);
      asTheirs &&= merged === value;
    }
    const all = common === Object.keys(mine).length;
    const added = all ? [] : this.#onlyMine(base, mine, theirs, rules);
    if (this.walk.track) this.#deletedByBoth(base, mine, theirs, rules, added);
    if (added.length === 0 && values === null && all) return mine;
    if (added.length === 0 && asTheirs) return theirs;
    values ??= keys.map((name) => own(mine, name));
    const [order, merged] = added.length === 0 ? [keys, values] : behindPredecessors(keys, values, added);
    if (this.walk.found !== found) return objectDraft(order, merged);
    const result: MutableObject = {};
    order.forEach((key, i) => {
      const value = merged[i];
      if (value !== undefined) put(result, key, value as JsonValue);
    });
    return result;
  }

  #property(key: string, base: Maybe, mine: Maybe, theirs: Maybe, rules: RuleNode | null): Merged {
    if (rules === null && !this.walk.track && mine === theirs) return theirs;
    this.walk.enter(key);
    const merged = this.#member(base, mine, theirs, rulesUnder(rules, key));
    this.walk.leave();
    return merged;
  }

  /** What remains of the keys that theirs does not have, each with the key before it. */
  #onlyMine(base: JsonObject, mine: JsonObject, theirs: JsonObject, rules: RuleNode | null): Added[] {
    const added: Added[] = [];
    let before: string | null = null;
    for (const key of Object.keys(mine)) {
      if (!Object.hasOwn(theirs, key)) {
        const value = this.#property(key, own(base, key), mine[key], undefined, rules);
        if (value === undefined) continue;
        added.push({ key, value, before });
      }
      before = key;
    }
    return added;
  }

  #deletedByBoth(base: JsonObject, mine: JsonObject, theirs: JsonObject, rules: RuleNode | null, added: Added[]): void {
    for (const key of Object.keys(base)) {
      if (Object.hasOwn(mine, key) || Object.hasOwn(theirs, key)) continue;
      const value = this.#property(key, base[key], undefined, undefined, rules);
      if (value !== undefined) added.push({ key, value, before: null });
    }
  }

  #array(given: JsonArray | undefined, mine: JsonArray, theirs: JsonArray, rules: RuleNode | null): Merged {
    const base = given ?? EMPTY_ARRAY;
    const [unchangedMine, unchangedTheirs] = [same(base, mine), same(base, theirs)];
    if (unchangedMine && unchangedTheirs) return mine;
    if (!this.walk.track && (unchangedMine || unchangedTheirs)) return unchangedMine ? theirs : mine;
    const contested = !unchangedMine && !unchangedTheirs && !same(mine, theirs);
    if (!this.walk.track && !contested) return mine;
    const rule = rules?.rule;
    if (rule?.as === 'set') return this.#set(base, mine, theirs);
    if (rule?.as === 'log' || rule?.as === 'list') return new ListMerge(this.walk, rule.as === 'log').merge(base, mine, theirs);
    const keys = rule?.as === 'keyed' ? [rule.key] : this.#identityKeys;
    const keyed = keyedBy(keys, base, mine, theirs);
    if (keyed) return new KeyedMerge(this.walk, this.#member, rulesForItems(rules)).merge(keyed, base, mine, theirs, given !== undefined);
    if (contested && rule?.as === 'keyed') this.walk.note('rule-does-not-fit');
    else if (contested && looksKeyed(keys, base, mine, theirs)) this.walk.note('merged-as-list');
    return new ListMerge(this.walk, false).merge(base, mine, theirs);
  }

  #set(base: JsonArray, mine: JsonArray, theirs: JsonArray): Merged {
    if (same(base, mine) || same(base, theirs) || same(mine, theirs)) return this.walk.leaf(base, mine, theirs);
    const set = mergeSets(base, mine, theirs);
    if (set === null) {
      this.walk.note('rule-does-not-fit');
      return new ListMerge(this.walk, false).merge(base, mine, theirs);
    }
    return this.walk.track ? listDraft([this.walk.changedItems('both', [0, base.length], { base, mine: set, theirs: set })]) : set;
  }
}

type Added = { readonly key: string; readonly value: Merged; readonly before: string | null };

/** Theirs' order, with each added key behind the one it followed. */
const behindPredecessors = (keys: readonly string[], values: readonly Merged[], added: readonly Added[]): [string[], Merged[]] => {
  const followers = new Map<string | null, Added[]>();
  const known = new Set([...keys, ...added.map(({ key }) => key)]);
  for (const one of added) {
    const before = one.before !== null && known.has(one.before) ? one.before : null;
    const others = followers.get(before);
    if (others) others.push(one);
    else followers.set(before, [one]);
  }
  const [order, merged]: [string[], Merged[]] = [[], []];
  const addFollowers = (before: string | null): void => {
    // Followers of followers, without recursion: thousands of keys may stand in one chain.
    const waiting: Added[] = [];
    const wait = (key: string | null): void => {
      const next = followers.get(key) ?? [];
      for (let i = next.length - 1; i >= 0; i--) waiting.push(next[i] as Added);
    };
    wait(before);
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      order.push(next.key);
      merged.push(next.value);
      wait(next.key);
    }
  };
  addFollowers(null);
  keys.forEach((key, i) => {
    order.push(key);
    merged.push(values[i]);
    addFollowers(key);
  });
  return [order, merged];
};

/**
 * Merges two documents that grew from one base. Pure: the inputs are not changed, and parts of them are shared with the
 * result. `base` undefined means that no common ancestor is known: then nothing counts as deleted. Values are nested at
 * most 500 deep (readJson refuses deeper ones).
 */
export const merge = (base: Maybe, mine: Maybe, theirs: Maybe, options: MergeOptions): Outcome => {
  const policy = options.policy ?? {};
  const walk = new Walk({ policy, digest: options.digest, track: options.changes ?? false });
  const draft = new Merge(walk, policy).node(base, mine, theirs, compileRules(policy.rules));
  const { conflicts, changes, notes } = walk;
  return { value: render(draft, NO_CHOICES), conflicts, changes, notes, draft };
};

/** Whether a document has all that another one made of the base at one place: merged into it, that would change nothing. */
export const holds = (base: Maybe, other: Maybe, document: Maybe, rules: RuleNode | null, { policy = {}, digest }: Omit<MergeOptions, 'changes'>): boolean => {
  const walk = new Walk({ policy, digest, track: false });
  const draft = new Merge(walk, policy).node(base, other, document, rules);
  return walk.conflicts.length === 0 && same(render(draft, NO_CHOICES), document);
};

export type Resolved = {
  readonly value: Maybe;
  /** Conflicts without a choice: the value still shows their provisional side. */
  readonly open: readonly string[];
  /** Choices for conflicts that this merge does not have (any more). */
  readonly stale: readonly string[];
};

/** The document under these choices. Their order does not matter; undo is leaving one out. */
export const resolve = (outcome: Outcome, choices: Choices): Resolved => {
  const known = new Set([...outcome.conflicts, ...outcome.changes].map(({ id }) => id));
  return {
    value: outcome.draft instanceof Draft ? outcome.draft.render(choices) : outcome.draft,
    open: outcome.conflicts.filter(({ id }) => !choices.has(id)).map(({ id }) => id),
    stale: [...choices.keys()].filter((id) => !known.has(id)),
  };
};

/** One choice for all conflicts that have none yet. */
export const takeAll = (outcome: Outcome, choices: Choices, take: 'mine' | 'theirs' | 'base'): Choices =>
  new Map([...outcome.conflicts.filter(({ id }) => !choices.has(id)).map(({ id }) => [id, { take }] as const), ...choices]);
