import type { Page } from '@playwright/test';

/** Seconds of VP8, black for the first half of one, as the window's own engine records them: such a file does not say how long it is. */
export const recordWebm = async (page: Page, seconds = 1.5): Promise<Buffer> => {
  const bytes = await page.evaluate(async (ms) => {
    const canvas = document.createElement('canvas');
    canvas.width = 160;
    canvas.height = 90;
    const pen = canvas.getContext('2d');
    const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: 'video/webm;codecs=vp8' });
    const parts: Blob[] = [];
    recorder.ondataavailable = ({ data }) => void parts.push(data);
    const stopped = new Promise((resolve) => (recorder.onstop = resolve));
    recorder.start();
    const began = performance.now();
    await new Promise<void>((resolve) => {
      const paint = (): void => {
        const past = performance.now() - began;
        if (pen !== null) pen.fillStyle = past < 500 ? '#000' : '#e80';
        pen?.fillRect(0, 0, 160, 90);
        if (past < ms) requestAnimationFrame(paint);
        else resolve();
      };
      paint();
    });
    recorder.stop();
    await stopped;
    return [...new Uint8Array(await new Blob(parts).arrayBuffer())];
  }, seconds * 1000);
  return Buffer.from(bytes);
};
