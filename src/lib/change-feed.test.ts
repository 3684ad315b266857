import { describe, expect, it } from 'vitest';
import { createChangeFeed } from './change-feed';

/** Time that passes when told to. */
const fakeTime = () => {
  let now = 0;
  let planned: { readonly at: number; readonly act: () => void }[] = [];
  return {
    now: () => now,
    after: (ms: number, act: () => void) => {
      const one = { at: now + ms, act };
      planned.push(one);
      return () => (planned = planned.filter((other) => other !== one));
    },
    pass(ms: number) {
      now += ms;
      for (;;) {
        const due = planned.find(({ at }) => at <= now);
        if (due === undefined) return;
        planned = planned.filter((one) => one !== due);
        due.act();
      }
    },
    setBack: (ms: number) => (now -= ms),
  };
};

describe('a change feed', () => {
  it('tells the first change soon, merges those of a tenth of a second and loses none', () => {
    const time = fakeTime();
    const told: number[] = [];
    const feed = createChangeFeed(time, () => void told.push(time.now()));
    for (let at = 0; at < 250; at += 10) {
      feed.changed();
      time.pass(10);
    }
    for (let at = 0; at < 200; at += 10) time.pass(10);
    expect(told).toEqual([10, 110, 210, 310]);
    expect(feed.rev()).toBe(told.length);
  });

  it('goes on at once as long as there is more to tell, and tells all of it when closed', () => {
    const time = fakeTime();
    let left = 5;
    const feed = createChangeFeed(time, () => ((left -= 1) > 0 ? 'more' : undefined));
    feed.changed();
    time.pass(0);
    expect([left, feed.rev()]).toEqual([0, 5]);
    left = 3;
    feed.changed();
    feed.close();
    feed.changed();
    time.pass(1000);
    expect([left, feed.rev()]).toEqual([0, 8]);
  });

  it('is not silenced by a clock that is set back', () => {
    const time = fakeTime();
    const feed = createChangeFeed(time, () => undefined);
    feed.changed();
    time.pass(0);
    time.setBack(3_600_000);
    feed.changed();
    time.pass(100);
    expect(feed.rev()).toBe(2);
  });
});
