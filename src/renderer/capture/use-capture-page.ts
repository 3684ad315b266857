import { useCallback, useEffect, useRef } from 'react';
import type { PixelRect } from '../../shared/model/capture';
import { useCaptureClient } from './capture-page';

/** A window that is not shown may never come to draw a frame. */
const FRAME_LIMIT_MS = 100;

/** Lets the window be shown once what is on the page is drawn. */
export const useReady = (drawn: boolean): void => {
  const { client, token } = useCaptureClient();
  useEffect(() => {
    if (!drawn) return undefined;
    let told = false;
    const tell = (): void => {
      if (!told) void client.call('capturing:ready', { token });
      told = true;
    };
    const frame = requestAnimationFrame(() => requestAnimationFrame(tell));
    const timer = setTimeout(tell, FRAME_LIMIT_MS);
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [client, token, drawn]);
};

export type Leave = {
  /** Makes the picture and hands it over; a second call does nothing. Rejects when it could not be made: it may be called again then. */
  readonly take: (make: () => Promise<Uint8Array>, part: PixelRect | null) => Promise<void>;
  readonly cancel: () => void;
};

/** The two ways out of a window of the capture; main closes it then. */
export const useLeave = (): Leave => {
  const { client, token } = useCaptureClient();
  const leaving = useRef(false);
  const take = useCallback<Leave['take']>(
    async (make, part) => {
      if (leaving.current) return;
      leaving.current = true;
      try {
        await client.call('capturing:take', { token, png: await make(), part });
      } catch (failure) {
        leaving.current = false;
        throw failure;
      }
    },
    [client, token],
  );
  const cancel = useCallback(() => {
    if (!leaving.current) void client.call('capturing:cancel', { token });
    leaving.current = true;
  }, [client, token]);
  return { take, cancel };
};
