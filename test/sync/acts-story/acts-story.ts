import fc from 'fast-check';
import { EDITS } from './story-document';

/** `open`: the resolver's texts are taken; `settle`: it ends with them; `race`: two devices sync at once. */
export const ACTS = [...EDITS, 'sync', 'race', 'decide', 'open', 'settle', 'restore', 'undo', 'restart'] as const;
export type What = (typeof ACTS)[number];

export type StoryAct = {
  readonly who: number;
  readonly what: What;
  /** What is chosen by chance in it, one number after the other, and again from the first. */
  readonly rolls: readonly number[];
  /** The point at which it is killed, if it reaches so many. */
  readonly killedAt: number | null;
};
export type ActsStory = { readonly devices: number; readonly acts: readonly StoryAct[] };

/** How often each act comes. */
export type Weights = Partial<Readonly<Record<What, number>>>;

const LEAST_ACTS = 12;
const MOST_ACTS = 45;

export const actsStory = (weights: Weights): fc.Arbitrary<ActsStory> =>
  fc.record({
    devices: fc.integer({ min: 2, max: 3 }),
    acts: fc.array(
      fc.record({
        who: fc.nat(2),
        what: fc.oneof(...ACTS.flatMap((what) => (weights[what] === undefined ? [] : [{ weight: weights[what], arbitrary: fc.constant(what) }]))),
        rolls: fc.array(fc.nat(99), { minLength: 6, maxLength: 6 }),
        killedAt: fc.option(fc.integer({ min: 1, max: 25 }), { freq: 4 }),
      }),
      { minLength: LEAST_ACTS, maxLength: MOST_ACTS, size: 'max' },
    ),
  });
