/** A base that knows what one side let go of an older document: nothing but that is added to it, and nothing comes back over it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isObject, recall, same, type JsonObject, type JsonValue, type Maybe } from '../../src/merge/index';
import { LONG, mergeOf, RUNS } from './documents';

const keys = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const flat: fc.Arbitrary<JsonObject> = fc.dictionary(keys, fc.integer({ min: 0, max: 2 }));
const nested: fc.Arbitrary<JsonObject> = fc.dictionary(keys, fc.oneof(fc.integer({ min: 0, max: 2 }), flat));

const merged = (base: Maybe, mine: JsonValue, theirs: JsonValue) => mergeOf(base, mine, theirs);

describe('recall', () => {
  const law = (title: string, holds: (base: JsonObject, mine: JsonObject, theirs: JsonObject, older: JsonObject) => void): void =>
    it(title, () => void fc.assert(fc.property(nested, nested, nested, nested, holds), RUNS), LONG);

  law('changes nothing that the base or mine has', (base, mine, theirs, older) => {
    const found = recall(base, mine, theirs, older, {});
    for (const key of Object.keys(base)) if (!isObject(base[key])) expect(isObject(found) && same(found[key], base[key])).toBe(true);
    for (const key of Object.keys(isObject(found) ? found : {})) if (!Object.hasOwn(base, key)) expect(!Object.hasOwn(mine, key) || isObject(mine[key])).toBe(true);
  });
  law('brings nothing back that mine let go, and takes nothing of mine', (base, mine, theirs, older) => {
    const { value } = merged(recall(base, mine, theirs, older, {}), mine, theirs);
    const plain = merged(base, mine, theirs).value;
    if (!isObject(value) || !isObject(plain)) throw new Error('objects merge to an object');
    for (const key of Object.keys(mine)) if (!isObject(mine[key])) expect(same(value[key], plain[key])).toBe(true);
    for (const key of Object.keys(theirs)) {
      const known = !Object.hasOwn(mine, key) && !Object.hasOwn(base, key) && same(theirs[key], older[key]);
      if (known) expect(Object.hasOwn(value, key)).toBe(false);
      else if (!Object.hasOwn(mine, key)) expect(same(value[key], plain[key])).toBe(true);
    }
  });
  it('knows elements by their identity, and leaves what theirs has otherwise', () => {
    const older = { items: [{ id: 1, n: 1 }, { id: 2, n: 1 }, { id: 3, n: 1 }] };
    const [base, mine, theirs] = [{ items: [] }, { items: [{ id: 3, n: 2 }] }, { items: [{ id: 1, n: 1 }, { id: 2, n: 'edited' }, { id: 3, n: 2 }] }];
    const found = recall(base, mine, theirs, older, {});
    expect(found).toEqual({ items: [{ id: 1, n: 1 }] });
    expect(merged(found, mine, theirs).value).toEqual({ items: [{ id: 2, n: 'edited' }, { id: 3, n: 2 }] });
  });
  it('knows nothing of lists without identities, and of places that stay on this device', () => {
    const base = { list: [], own: {} };
    expect(recall(base, { list: [], own: {} }, { list: [1], own: { x: 1 } }, { list: [1], own: { x: 1 } }, { rules: [{ path: '/own', as: 'local-only' }] })).toBe(base);
  });
});
