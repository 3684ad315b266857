import { expect, it } from 'vitest';
import type { Outcome } from './simulation';
import { verdictOn } from './verdict';

const DEVICES = 10;
const run = (change: Partial<Outcome> = {}): Outcome => ({
  inserts: 300, lostInserts: 0, sets: 400, lostSets: 0, leftBehind: 0, deletes: 100, resurrected: 0, needlessQuestions: 0, documents: 1, strays: 0, requests: 900, faults: 5, pushesAfterQuiet: 25, pushesAtRest: 0, milliseconds: 1,
  ...change,
});

it('deletes that come back are counted over all runs at a host, not in each', () => {
  expect(verdictOn([run({ resurrected: 3 }), run()], DEVICES)).toEqual({ ok: true, back: 0.015 });
  expect(verdictOn([run({ resurrected: 4 }), run()], DEVICES)).toEqual({ ok: false, back: 0.02 });
  // A short run does not count as much as a long one.
  expect(verdictOn([run({ resurrected: 1, deletes: 2 }), run()], DEVICES).ok).toBe(true);
});

it('one lost edit in one run is too many, whatever the others do', () => {
  for (const fault of [{ lostInserts: 1 }, { lostSets: 1 }, { documents: 2 }, { strays: 1 }, { pushesAtRest: 1 }, { pushesAfterQuiet: 26 }]) expect(verdictOn([run(), run(fault), run()], DEVICES).ok).toBe(false);
});
