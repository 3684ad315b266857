import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { world } from '../../../test/renderer/resolver-world';
import { ADVANCE_MS, NEXT_MS, UNSEEN_MS, type Choice } from './resolver-advance';

const PLACES = Array.from({ length: 20 }, (_, i) => `place-${String(i)}`);
const choices = fc.constantFrom<Choice>({ take: 'mine' }, { take: 'theirs' }, { take: 'base' });
const delays = fc.infiniteStream(fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 30 }) }, { weight: 1, arbitrary: fc.integer({ min: 0, max: 500 }) }));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A resolver whose answers take their time, and whose own advance is watched. */
const slow = async (delay: IterableIterator<number>) => {
  const going = { waits: false, wentAt: -Infinity };
  const after = (ms: number, act: () => void): (() => void) => {
    if (ms === ADVANCE_MS) going.waits = true;
    const timer = setTimeout(() => {
      if (ms === ADVANCE_MS) Object.assign(going, { waits: false, wentAt: Date.now() });
      act();
    }, ms);
    return () => {
      if (ms === ADVANCE_MS) going.waits = false;
      clearTimeout(timer);
    };
  };
  const made = world({ advance: ADVANCE_MS, places: PLACES, answersIn: () => Number(delay.next().value), after });
  const opened = made.resolver.open();
  await vi.advanceTimersByTimeAsync(5000);
  await opened;
  return { ...made, going, rest: () => vi.advanceTimersByTimeAsync(60_000) };
};

describe('keys that are faster than the answers', () => {
  it('decide each place once, in order, by a choice and "next", however fast they come', async () => {
    // "Next" comes at the latest in the moment in which a person could have seen that the list went on by itself.
    const keys = fc.array(fc.record({ choice: choices, before: fc.integer({ min: 0, max: 900 }), next: fc.integer({ min: 0, max: ADVANCE_MS + NEXT_MS - 1 }) }), { minLength: PLACES.length, maxLength: PLACES.length });
    await fc.assert(
      fc.asyncProperty(keys, delays, async (presses, delay) => {
        const { resolver, state, rest } = await slow(delay);
        for (const { choice, before, next } of presses) {
          await vi.advanceTimersByTimeAsync(before);
          resolver.choose(choice);
          await vi.advanceTimersByTimeAsync(next);
          resolver.move(false, true);
        }
        await rest();
        expect(state.chosen).toEqual(PLACES.map((place, i) => [place, presses[i]?.choice]));
      }),
    );
  });

  it('decide each place once by a choice alone, for who waits until the next place is seen', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(choices, { minLength: PLACES.length, maxLength: PLACES.length }), delays, async (chosen, delay) => {
        const { resolver, state, now } = await slow(delay);
        for (const [i, choice] of chosen.entries()) {
          resolver.choose(choice);
          const at = now().item?.id;
          for (let waited = 0; now().item?.id === at && waited < 20_000 && i < PLACES.length - 1; waited += 10) await vi.advanceTimersByTimeAsync(10);
          await vi.advanceTimersByTimeAsync(UNSEEN_MS);
        }
        await vi.advanceTimersByTimeAsync(5000);
        expect(state.chosen).toEqual(PLACES.map((place, i) => [place, chosen[i]]));
      }),
    );
  });

  it.each([300, 450, 600])('decide place by place by a choice every %i ms, whichever it is', async (every) => {
    const quick = fc.infiniteStream(fc.integer({ min: 0, max: 10 }));
    const chosen = PLACES.map((_, i): Choice => ({ take: i % 2 === 0 ? 'mine' : 'theirs' }));
    await fc.assert(
      fc.asyncProperty(quick, async (delay) => {
        const { resolver, state, rest } = await slow(delay);
        for (const choice of chosen) {
          resolver.choose(choice);
          await vi.advanceTimersByTimeAsync(every);
        }
        await rest();
        expect(state.chosen).toEqual(PLACES.map((place, i) => [place, chosen[i]]));
      }),
      { numRuns: 20 },
    );
  });

  it('are all applied in their order, each to the place that was seen or to which those before it lead', async () => {
    const key = fc.oneof(
      { weight: 4, arbitrary: fc.record({ does: fc.constant('choose' as const), choice: choices }) },
      { weight: 1, arbitrary: fc.record({ does: fc.constant('take-back' as const) }) },
      { weight: 3, arbitrary: fc.record({ does: fc.constantFrom('next' as const, 'previous' as const, 'down' as const) }) },
      { weight: 1, arbitrary: fc.record({ does: fc.constant('click' as const), place: fc.constantFrom(...PLACES) }) },
    );
    const gap = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 800 }));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(key, gap), { maxLength: 40 }), delays, async (presses, delay) => {
        const { resolver, state, going, now, rest } = await slow(delay);
        const expected: (readonly [string, Choice | null])[] = [];
        const decided = new Set<string>();
        let at = 0;
        let wentAt = going.wentAt;
        const next = (from: number, back = false): number => {
          const open = PLACES.map((_, i) => i).filter((i) => !decided.has(PLACES[i] ?? ''));
          return (back ? (open.findLast((i) => i < from) ?? open.at(-1)) : (open.find((i) => i > from) ?? open[0])) ?? from;
        };
        const decide = (choice: Choice | null): void => {
          const place = PLACES[at] ?? '';
          expected.push([place, choice]);
          if (choice === null) decided.delete(place);
          else decided.add(place);
        };
        /** The place that the list has gone on to by itself is where the person is, once they can have seen it. */
        const seen = (unseenFor = UNSEEN_MS): boolean => {
          if (going.wentAt === wentAt) return false;
          wentAt = going.wentAt;
          const unseen = Date.now() - wentAt < unseenFor;
          if (!unseen) at = next(at);
          return unseen;
        };
        for (const [press, ms] of presses) {
          await vi.advanceTimersByTimeAsync(ms);
          const goesOn = seen(press.does === 'next' ? NEXT_MS : UNSEEN_MS) || going.waits;
          switch (press.does) {
            case 'choose': {
              const { choice } = press;
              if (goesOn && expected.at(-1)?.[1]?.take === choice.take) at = next(at);
              else decide(choice);
              resolver.choose(choice);
              break;
            }
            case 'take-back':
              decide(null);
              resolver.choose(null);
              break;
            case 'next':
              at = next(at);
              resolver.move(false, true);
              break;
            case 'previous':
              at = next(at, true);
              resolver.move(true, true);
              break;
            case 'down':
              at = (at + 1) % PLACES.length;
              resolver.move(false, false);
              break;
            case 'click':
              at = PLACES.indexOf(press.place);
              resolver.select(press.place);
              break;
          }
        }
        await rest();
        seen();
        expect(state.chosen).toEqual(expected);
        expect(now().item?.id).toBe(PLACES[at]);
        expect(now().selected).toBe(PLACES[at]);
      }),
    );
  });
});
