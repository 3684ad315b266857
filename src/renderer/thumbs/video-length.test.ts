import { expect, test } from 'vitest';
import { lengthOf, type Seeking } from './video-length';

/** A video of which `sought` says what looking for its end brings. */
class Video extends EventTarget implements Seeking {
  readonly looks: number[] = [];
  constructor(
    public duration: number,
    private readonly sought: (video: Video) => void = () => undefined,
  ) {
    super();
  }
  get currentTime(): number {
    return this.looks.at(-1) ?? 0;
  }
  set currentTime(at: number) {
    this.looks.push(at);
    queueMicrotask(() => this.sought(this));
  }
}
const patient = <T>(work: Promise<T>): Promise<T> => work;
const ends = (duration: number) => (video: Video): void => {
  video.duration = duration;
  video.dispatchEvent(new Event('seeked'));
};

test('a video that says how long it lasts is believed, and nothing is looked for', async () => {
  const video = new Video(12.5, ends(3));
  expect([await lengthOf(video, patient), video.looks]).toEqual([12.5, []]);
});

test('of one that a browser recorded the end is looked for', async () => {
  const video = new Video(Infinity, ends(7.25));
  expect(await lengthOf(video, patient)).toBe(7.25);
  expect(video.looks[0]).toBeGreaterThan(365 * 24 * 3600);
});

test('a length that cannot be found out is none: without an end, with a fault on the way, in no time, or of nothing', async () => {
  expect(await lengthOf(new Video(Infinity, ends(Infinity)), patient)).toBeNull();
  expect(await lengthOf(new Video(Infinity, (video) => void video.dispatchEvent(new Event('error'))), patient)).toBeNull();
  expect(await lengthOf(new Video(Infinity), () => Promise.reject(new Error('too late')))).toBeNull();
  for (const duration of [0, Number.NaN, -1]) expect(await lengthOf(new Video(duration), patient)).toBeNull();
});
