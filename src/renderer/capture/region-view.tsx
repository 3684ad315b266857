import { useCallback, useEffect, useLayoutEffect, useRef, useState, type PointerEvent } from 'react';
import type { Frame, PixelRect } from '../../shared/model/capture';
import { useText } from '../stores/text';
import { useCaptureClient } from './capture-page';
import { arrowStep, chosenPart, choosing, pointAt, shownArea, type Crosshair } from './crosshair';
import { context2d, cropToRgba, partToPng, wholeOf } from './pixels';
import { Hints } from './hints';
import { Loupe } from './loupe';
import { useLeave, useReady } from './use-capture-page';

/** A press that moves less than this is a click, in pixels. */
const SLIP = 3;

const useFrozen = (frame: Frame) => {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [drawn, setDrawn] = useState(false);
  useLayoutEffect(() => {
    if (canvas.current === null) return;
    const { width, height, data } = cropToRgba(frame, wholeOf(frame));
    canvas.current.width = width;
    canvas.current.height = height;
    context2d(canvas.current).putImageData(new ImageData(data, width, height), 0, 0);
    setDrawn(true);
  }, [frame]);
  return { canvas, drawn };
};

const useInner = () => {
  const [inner, setInner] = useState({ width: innerWidth, height: innerHeight });
  useEffect(() => {
    const read = (): void => setInner({ width: innerWidth, height: innerHeight });
    addEventListener('resize', read);
    return () => removeEventListener('resize', read);
  }, []);
  return inner;
};

type RegionViewProps = { readonly frame: Frame; readonly last: PixelRect | null };

/** The frozen display, of which a part is chosen by pointer or keys. */
export const RegionView = ({ frame, last }: RegionViewProps) => {
  const { t } = useText();
  const { client, token } = useCaptureClient();
  const { take, cancel } = useLeave();
  const { canvas, drawn } = useFrozen(frame);
  const inner = useInner();
  const page = shownArea(frame, inner, devicePixelRatio);
  const [cross, setCross] = useState<Crosshair>({ at: { x: Math.round(frame.width / 2), y: Math.round(frame.height / 2) }, anchor: null });
  const [by, setBy] = useState<'nothing' | 'pointer' | 'keys'>('nothing');
  const [dragging, setDragging] = useState(false);
  const [adjusting, setAdjusting] = useState(false);
  const part = chosenPart(cross);
  useReady(drawn);

  const takePart = useCallback(
    (chosen: PixelRect | null) => {
      if (chosen !== null) void take(() => partToPng(frame, chosen), chosen);
    },
    [take, frame],
  );

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const moved = arrowStep(cross, event, frame);
      const keep = (): void => {
        event.preventDefault();
        setBy('keys');
      };
      if (moved !== null) {
        keep();
        setCross(moved);
        setAdjusting(moved.anchor !== null);
      } else if (event.key === 'Escape') cancel();
      else if (event.key === 'Enter') takePart(part);
      else if (event.key === ' ') {
        event.preventDefault();
        takePart(wholeOf(frame));
      } else if (event.key.toLowerCase() === 'l' && last !== null) {
        keep();
        setCross(choosing(last));
        setAdjusting(true);
      }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [cross, frame, last, part, cancel, takePart]);

  const here = ({ clientX, clientY }: PointerEvent) => pointAt({ x: clientX, y: clientY }, inner, page, frame);
  const onDown = (event: PointerEvent): void => {
    if (event.button !== 0) return cancel();
    event.currentTarget.setPointerCapture(event.pointerId);
    const at = here(event);
    setBy('pointer');
    setDragging(true);
    setAdjusting(false);
    setCross({ at, anchor: at });
  };
  const onMove = (event: PointerEvent): void => {
    if (adjusting) return;
    setBy('pointer');
    setCross(({ anchor }) => ({ at: here(event), anchor }));
  };
  const onUp = (event: PointerEvent): void => {
    if (!dragging) return;
    setDragging(false);
    const done = { at: here(event), anchor: cross.anchor };
    const chosen = chosenPart(done);
    if (chosen === null || (chosen.width < SLIP && chosen.height < SLIP)) return setCross({ at: done.at, anchor: null });
    setCross(done);
    if (event.shiftKey) setAdjusting(true);
    else takePart(chosen);
  };

  const scale = { x: page.width / frame.width, y: page.height / frame.height };
  const at = { x: cross.at.x * scale.x, y: cross.at.y * scale.y };
  const shown = part === null ? null : { left: part.x * scale.x, top: part.y * scale.y, width: part.width * scale.x, height: part.height * scale.y };
  const idle = by === 'nothing';
  return (
    <div
      role="application"
      aria-label={t('captureOverlay')}
      className="fixed inset-0 cursor-crosshair touch-none overflow-hidden"
      onPointerEnter={() => void client.call('capturing:here', { token })}
      onPointerLeave={() => (dragging || adjusting || by === 'keys' ? undefined : setBy('nothing'))}
      onPointerDown={onDown}
      onPointerMove={onMove}
      onPointerUp={onUp}
      onContextMenu={(event) => event.preventDefault()}
    >
      <canvas ref={canvas} aria-hidden className="absolute left-0 top-0 max-w-none" style={{ width: page.width, height: page.height }} />
      {shown === null ? <div className="absolute inset-0 bg-[rgb(0_0_0/0.28)]" /> : <div data-part style={shown} className="absolute shadow-[0_0_0_9999px_rgb(0_0_0/0.45)] outline outline-1 outline-[#fff]" />}
      {idle ? null : (
        <>
          <div aria-hidden className="pointer-events-none absolute inset-y-0 w-px bg-[#fff] mix-blend-difference" style={{ left: Math.min(at.x, inner.width - 1) }} />
          <div aria-hidden className="pointer-events-none absolute inset-x-0 h-px bg-[#fff] mix-blend-difference" style={{ top: Math.min(at.y, inner.height - 1) }} />
          <Loupe canvas={canvas} point={cross.at} at={at} inner={inner} label={part === null ? `${cross.at.x}, ${cross.at.y}` : `${part.width} × ${part.height}`} />
        </>
      )}
      <Hints low={at.y < inner.height * 0.6} adjusting={adjusting} dragging={dragging} last={last !== null} />
      <div role="status" className="sr-only">
        {by !== 'keys' ? '' : part === null ? t('captureAt', { x: cross.at.x, y: cross.at.y }) : t('captureChosen', { width: part.width, height: part.height })}
      </div>
    </div>
  );
};
