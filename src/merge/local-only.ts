import { isArray, isObject, own, put, type JsonObject, type JsonValue, type Maybe, type MutableObject } from './json';
import { compileRules, rulesForItems, rulesUnder, type Policy, type RuleNode } from './policy';

const isLocal = (rules: RuleNode | null): boolean => rules?.rule?.as === 'local-only';

const stripObject = (object: JsonObject, rules: RuleNode): JsonObject => {
  const result: MutableObject = {};
  let kept = true;
  for (const key of Object.keys(object)) {
    const value = strip(own(object, key), rulesUnder(rules, key));
    kept &&= value === object[key];
    if (value !== undefined) put(result, key, value);
  }
  return kept ? object : result;
};

const strip = (value: Maybe, rules: RuleNode | null): Maybe => {
  if (rules === null || value === undefined) return value;
  if (isLocal(rules)) return undefined;
  if (isObject(value)) return stripObject(value, rules);
  if (!isArray(value)) return value;
  const items = rulesForItems(rules);
  return items === null || isLocal(items) ? value : value.map((item) => strip(item, items) ?? null);
};

/**
 * The document without what its policy keeps on this device: the form that is hashed, compared and sent. Merging brings
 * these values back, for there mine always holds. (A rule cannot make single items of an array local.)
 */
export const withoutLocal = (value: JsonValue, policy: Policy): Maybe => strip(value, compileRules(policy.rules));
