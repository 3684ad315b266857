const LONGEST_SIDE = 320;
const WAIT_MS = 15_000;

type Drawn = { readonly source: CanvasImageSource; readonly width: number; readonly height: number };

const loadImage = async (address: string): Promise<Drawn> => {
  const image = new Image();
  image.src = address;
  await image.decode();
  return { source: image, width: image.naturalWidth, height: image.naturalHeight };
};

const loadFrame = (address: string): Promise<Drawn> =>
  new Promise((resolve, reject) => {
    const video = document.createElement('video');
    const timer = setTimeout(() => reject(new Error('no frame in time')), WAIT_MS);
    video.muted = true;
    video.preload = 'auto';
    video.onerror = () => {
      clearTimeout(timer);
      reject(new Error('no video'));
    };
    // The first frame is often black: one a little later tells more.
    video.onloadeddata = () => {
      video.onseeked = () => {
        clearTimeout(timer);
        resolve({ source: video, width: video.videoWidth, height: video.videoHeight });
      };
      video.currentTime = Math.min(1, (video.duration || 0) / 4);
    };
    video.src = address;
  });

/** A small WebP of a picture or of a video's beginning, as the window can draw it; null when it cannot. */
export const drawThumb = async (address: string, kind: 'image' | 'video'): Promise<Uint8Array | null> => {
  try {
    const { source, width, height } = await (kind === 'image' ? loadImage(address) : loadFrame(address));
    if (width === 0 || height === 0) return null;
    const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(width * scale));
    canvas.height = Math.max(1, Math.round(height * scale));
    canvas.getContext('2d')?.drawImage(source, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/webp', 0.8));
    return blob === null ? null : new Uint8Array(await blob.arrayBuffer());
  } catch {
    // Broken or of a kind the window cannot draw: the sign of its kind stands in.
    return null;
  }
};
