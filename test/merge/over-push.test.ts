/** A base for merging with a document that a host may have merged a push of ours into: what was changed since goes on from the push. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overPush, type JsonObject, type JsonValue, type Maybe } from '../../src/merge/index';
import { digest, LONG, mergeOf, RUNS } from './documents';

const keys = fc.constantFrom('a', 'b', 'c', 'd');
const small = fc.integer({ min: 0, max: 2 });
const flat: fc.Arbitrary<JsonObject> = fc.dictionary(keys, small);
const element: fc.Arbitrary<JsonObject> = fc.record({ id: fc.integer({ min: 1, max: 4 }), n: small });
const nested: fc.Arbitrary<JsonObject> = fc.dictionary(keys, fc.oneof(small, flat, fc.array(small, { maxLength: 3 }), fc.uniqueArray(element, { selector: ({ id }) => id as number, maxLength: 3 })));

const over = (base: Maybe, pushed: JsonValue, theirs: JsonValue): Maybe => overPush(base, pushed, theirs, { digest });

describe('a base over a push', () => {
  it('is what was pushed, and the base stays, where they are all that theirs is', () => {
    fc.assert(
      fc.property(nested, nested, (base, pushed) => {
        expect(over(base, pushed, pushed)).toEqual(pushed);
        expect(over(base, base, pushed)).toBe(base);
      }),
      RUNS,
    );
  }, LONG);

  it('changes nothing for whoever still has what was pushed: no value, and no more questions', () => {
    fc.assert(
      fc.property(nested, nested, nested, (base, pushed, theirs) => {
        const [plain, after] = [mergeOf(base, pushed, theirs), mergeOf(over(base, pushed, theirs), pushed, theirs)];
        expect(after.conflicts.length).toBeLessThanOrEqual(plain.conflicts.length);
        if (plain.conflicts.length === 0) expect(after.value).toEqual(plain.value);
      }),
      RUNS,
    );
  }, LONG);

  it('lets everything be set back that a host merged in: what others changed elsewhere is all that is left', () => {
    // Two halves, so that nobody changes a place of the other's.
    const half = fc.record({ own: nested, other: nested });
    fc.assert(
      fc.property(half, nested, nested, (base, pushed, others) => {
        const theirs = { own: pushed, other: others };
        const { value, conflicts } = mergeOf(over(base, { own: pushed, other: base.other }, theirs), base, theirs);
        expect({ value, conflicts }).toEqual({ value: { own: base.own, other: others }, conflicts: [] });
      }),
      RUNS,
    );
  }, LONG);

  it('knows what was pushed inside of lists, objects and elements that others changed, too', () => {
    const base = { tags: ['one'], at: { x: 0, y: 0 }, items: [{ id: 1, n: 0 }, { id: 2, n: 0 }] };
    const pushed = { tags: ['one', 'mine'], at: { x: 1, y: 0 }, items: [{ id: 1, n: 1 }, { id: 3, n: 0 }] };
    const theirs = { tags: ['theirs', 'one', 'mine'], at: { x: 1, y: 1 }, items: [{ id: 1, n: 1 }, { id: 3, n: 0 }, { id: 4, n: 0 }] };
    expect(mergeOf(over(base, pushed, theirs), base, theirs)).toMatchObject({ value: { tags: ['theirs', 'one'], at: { x: 0, y: 1 }, items: [{ id: 1, n: 0 }, { id: 2, n: 0 }, { id: 4, n: 0 }] }, conflicts: [] });
  });

  it('leaves alone what stays on this device and what is one value', () => {
    const [base, pushed, theirs] = [{ here: 0, one: { a: 0, b: 0 } }, { here: 1, one: { a: 1, b: 0 } }, { here: 1, one: { a: 1, b: 1 } }];
    expect(overPush(base, pushed, theirs, { digest, policy: { rules: [{ path: '/here', as: 'local-only' }, { path: '/one', as: 'atomic' }] } })).toBe(base);
  });
});
