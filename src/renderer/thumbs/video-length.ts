/** What of a video element tells its length; it fires `seeked` and `error`. */
export type Seeking = Pick<HTMLVideoElement, 'duration' | 'currentTime'> & Pick<EventTarget, 'addEventListener'>;

/** Beyond the end of every video. */
const FAR = 1e9;

/** Resolves when the video fires `event`; rejects when it fails before that. */
export const heard = (target: Pick<EventTarget, 'addEventListener'>, event: string): Promise<void> =>
  new Promise((resolve, reject) => {
    target.addEventListener(event, () => resolve(), { once: true });
    target.addEventListener('error', () => reject(new Error('no video')), { once: true });
  });

/** How long a video lasts, in seconds; null where that cannot be found out. `inTime` rejects when the video takes too long to say. */
export async function lengthOf(video: Seeking, inTime: <T>(work: Promise<T>) => Promise<T>): Promise<number | null> {
  if (video.duration === Infinity) {
    // What a browser recorded says it nowhere: only who looks for its end learns how far that is.
    const there = heard(video, 'seeked');
    video.currentTime = FAR;
    try {
      await inTime(there);
    } catch {
      return null;
    }
  }
  return Number.isFinite(video.duration) && video.duration > 0 ? video.duration : null;
}
