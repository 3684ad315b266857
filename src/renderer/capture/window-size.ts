import type { Area } from './crosshair';

/** Video of a window is only looked at for its size, and for no longer than this. */
const LIMIT_MS = 1500;

/** Electron's own way to ask for one window; the standard has none. */
const constraintsFor = (id: string): MediaStreamConstraints =>
  ({ audio: false, video: { mandatory: { chromeMediaSource: 'desktop', chromeMediaSourceId: id, maxWidth: 16_384, maxHeight: 16_384 } } }) as unknown as MediaStreamConstraints;

const firstSize = (stream: MediaStream): Promise<Area | null> =>
  new Promise((resolve) => {
    const video = document.createElement('video');
    const timer = setTimeout(() => resolve(null), LIMIT_MS);
    const read = (): void => {
      if (video.videoWidth < 2 || video.videoHeight < 2) return;
      clearTimeout(timer);
      resolve({ width: video.videoWidth, height: video.videoHeight });
    };
    video.muted = true;
    video.onloadedmetadata = read;
    video.onresize = read;
    video.srcObject = stream;
  });

/**
 * How large a window of another program is, in pixels: the system scales a window's picture to whatever size is asked for
 * and does not say its own, but a video of it has it, odd sides cut to even ones. Null where that is not allowed.
 */
export const windowSize = async (id: string): Promise<Area | null> => {
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getUserMedia(constraintsFor(id));
  } catch {
    return null;
  }
  const size = await firstSize(stream);
  stream.getTracks().forEach((track) => track.stop());
  return size;
};
