import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type RefObject } from 'react';
import type { PixelRect } from '../../shared/model/capture';
import { useText } from '../stores/text';
import { arrowStep, between, clampPoint, type Area, type Crosshair, type Point } from './crosshair';
import { Draft } from './draft';
import { drawEdited } from './draw-edited';
import { blockSize, strokeWidth, textHeight, type Colour, type Edited, type Mark, type StrokeSize, type Tool } from './edit-state';
import { wholeOf } from './pixels';
import { TextBox } from './text-box';

/** What is shorter than this was a slip, in pixels. */
const SLIP = 3;
const MARGIN = 24;

type EditCanvasProps = {
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  /** What has the keyboard while the picture is drawn on. */
  readonly stage: RefObject<HTMLDivElement | null>;
  readonly picture: ImageBitmap;
  readonly edited: Edited;
  readonly tool: Tool;
  readonly colour: Colour;
  readonly size: StrokeSize;
  readonly onMark: (mark: Mark) => void;
  readonly onCrop: (part: PixelRect) => void;
  readonly onDrawn: () => void;
};

/** The room that an element has. */
const useRoom = (element: RefObject<HTMLElement | null>): Area => {
  const [room, setRoom] = useState<Area>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const read = (): void => setRoom({ width: current.clientWidth, height: current.clientHeight });
    const observer = new ResizeObserver(read);
    observer.observe(current);
    read();
    return () => observer.disconnect();
  }, [element]);
  return room;
};

/** The picture, drawn on by pointer or keys with the tool in hand. Points below are those of the shown part. */
export const EditCanvas = ({ canvas, stage, picture, edited, tool, colour, size, onMark, onCrop, onDrawn }: EditCanvasProps) => {
  const { t } = useText();
  const room = useRoom(stage);
  const surface = useRef<HTMLDivElement>(null);
  const part = edited.crop ?? wholeOf(picture);
  const [cross, setCross] = useState<Crosshair | null>(null);
  const [typing, setTyping] = useState<Point | null>(null);
  const dragging = useRef(false);

  useLayoutEffect(() => {
    if (canvas.current !== null) drawEdited(canvas.current, picture, edited);
    onDrawn();
    // A new onDrawn is no new drawing: telling it again would draw for ever.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [canvas, picture, edited]);
  useEffect(() => stage.current?.focus({ preventScroll: true }), [stage]);
  useEffect(() => {
    setCross(null);
    setTyping(null);
  }, [tool, edited.crop]);

  // No pixel of the picture is shown larger than one of the display.
  const shownScale = Math.max(0.02, Math.min((room.width - MARGIN) / part.width, (room.height - MARGIN) / part.height, 1 / devicePixelRatio));
  const shown = { width: Math.max(1, part.width * shownScale), height: Math.max(1, part.height * shownScale) };
  const unit = Math.max(1, devicePixelRatio);
  const whole = ({ x, y }: Point): Point => ({ x: x + part.x, y: y + part.y });

  const finish = (from: Point, to: Point): void => {
    setCross({ at: to, anchor: null });
    if (Math.abs(from.x - to.x) < SLIP && Math.abs(from.y - to.y) < SLIP) return;
    const chosen = between(whole(from), whole(to));
    const width = strokeWidth(size, unit);
    if (tool === 'arrow') onMark({ kind: 'arrow', from: whole(from), to: whole(to), colour, width });
    else if (chosen === null) return;
    else if (tool === 'rectangle') onMark({ kind: 'rectangle', part: chosen, colour, width });
    else if (tool === 'pixelate') onMark({ kind: 'pixelate', part: chosen, block: blockSize(size, unit) });
    else if (tool === 'crop') onCrop(chosen);
  };
  const pointOf = ({ clientX, clientY }: PointerEvent): Point => {
    const box = surface.current?.getBoundingClientRect() ?? { left: 0, top: 0, width: 1, height: 1 };
    return clampPoint({ x: Math.round(((clientX - box.left) * part.width) / box.width), y: Math.round(((clientY - box.top) * part.height) / box.height) }, part);
  };
  const onDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    const at = pointOf(event);
    if (tool === 'text') {
      // The field takes the keyboard by itself; the press would take it away again.
      event.preventDefault();
      return setTyping(at);
    }
    event.currentTarget.setPointerCapture(event.pointerId);
    dragging.current = true;
    setCross({ at, anchor: at });
  };
  const onMove = (event: PointerEvent): void => {
    const at = pointOf(event);
    if (dragging.current) setCross((before) => ({ at, anchor: before?.anchor ?? at }));
  };
  const onUp = (event: PointerEvent): void => {
    if (!dragging.current) return;
    dragging.current = false;
    finish(cross?.anchor ?? pointOf(event), pointOf(event));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    const now = cross ?? { at: { x: Math.round(part.width / 2), y: Math.round(part.height / 2) }, anchor: null };
    const drawing = now.anchor !== null;
    const moved = arrowStep(now, event, part);
    if (moved !== null) setCross(tool === 'text' ? { ...moved, anchor: null } : moved);
    else if (event.key === 'Enter' && drawing && now.anchor !== null) finish(now.anchor, now.at);
    else if (event.key === 'Enter' && tool === 'text' && cross !== null) setTyping(now.at);
    else if (event.key === 'Escape' && drawing) setCross({ at: now.at, anchor: null });
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={stage}
      tabIndex={0}
      role="application"
      aria-label={t('editPicture', { width: part.width, height: part.height })}
      onKeyDown={onKeyDown}
      className="relative flex min-h-0 flex-1 items-center justify-center overflow-hidden bg-sunken outline-none"
    >
      <div
        ref={surface}
        data-surface
        style={{ width: shown.width, height: shown.height }}
        className={tool === 'text' ? 'relative cursor-text touch-none shadow-lift' : 'relative cursor-crosshair touch-none shadow-lift'}
        onPointerDown={onDown}
        onPointerMove={onMove}
        onPointerUp={onUp}
      >
        <canvas ref={canvas} aria-hidden className="block h-full w-full" />
        <Draft part={part} scale={shownScale} tool={tool} colour={colour} width={strokeWidth(size, unit)} cross={cross} />
        {typing === null ? null : (
          <TextBox
            at={typing}
            scale={shownScale}
            height={textHeight(size, unit)}
            colour={colour}
            onDone={(text) => {
              setTyping(null);
              setCross(null);
              stage.current?.focus({ preventScroll: true });
              if (text.trim() !== '') onMark({ kind: 'text', at: whole(typing), text: text.trim(), colour, height: textHeight(size, unit) });
            }}
          />
        )}
      </div>
    </div>
  );
};
