import { useLayoutEffect, useRef, type RefObject } from 'react';
import type { Area, Point } from './crosshair';

/** Pixels shown to each side of the crosshair, and how large each is shown. */
const REACH = 8;
const ZOOM = 7;
const SIDE = (REACH * 2) * ZOOM;
const GAP = 20;
const LABEL = 24;

type LoupeProps = {
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  /** In the picture's pixels. */
  readonly point: Point;
  /** In the page. */
  readonly at: Point;
  readonly inner: Area;
  readonly label: string;
};

/** The pixels around the crosshair, enlarged, with the size below; beside the crosshair, where there is room. */
export const Loupe = ({ canvas, point, at, inner, label }: LoupeProps) => {
  const glass = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const context = glass.current?.getContext('2d');
    if (!context || canvas.current === null) return;
    context.imageSmoothingEnabled = false;
    context.fillStyle = '#101618';
    context.fillRect(0, 0, SIDE, SIDE);
    context.drawImage(canvas.current, point.x - REACH, point.y - REACH, REACH * 2, REACH * 2, 0, 0, SIDE, SIDE);
    context.fillStyle = 'rgb(86 197 207 / 0.9)';
    context.fillRect(SIDE / 2 - 0.5, 0, 1, SIDE);
    context.fillRect(0, SIDE / 2 - 0.5, SIDE, 1);
  });
  const left = at.x + GAP + SIDE > inner.width ? at.x - GAP - SIDE : at.x + GAP;
  const top = at.y + GAP + SIDE + LABEL > inner.height ? at.y - GAP - SIDE - LABEL : at.y + GAP;
  return (
    <div aria-hidden className="pointer-events-none absolute overflow-hidden rounded-s border border-[#ffffff66] bg-[#101618] shadow-lift" style={{ left, top, width: SIDE + 2 }}>
      <canvas ref={glass} width={SIDE} height={SIDE} className="block" style={{ width: SIDE, height: SIDE }} />
      <div data-size className="num h-6 px-1.5 text-center leading-6 text-[#fff]">{label}</div>
    </div>
  );
};
