import clsx from 'clsx';
import { ChevronsLeftRight, Maximize, Minus, Plus } from 'lucide-react';
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type Ref } from 'react';
import { IconButton } from './button';
import { actualZoom, fitted, panned, zoomedAt, type Extent, type View } from './split-view';

type SplitPictureProps = {
  readonly ref: Ref<HTMLDivElement>;
  readonly before: string;
  readonly after: string;
  /** The picture's size before and after, where it is known ahead. */
  readonly extent: Extent | null;
  /** Begins pixel by pixel in the middle; else the whole picture is fitted. */
  readonly actualFirst: boolean;
  readonly words: { readonly stage: string; readonly slider: string; readonly before: string; readonly after: string; readonly fit: string; readonly actual: string; readonly larger: string; readonly smaller: string };
  readonly onBroken: () => void;
};

const STEP = 1.25;
const PAN = 60;
const icon = { size: 14, 'aria-hidden': true } as const;

/** The room that the stage has, as it changes. */
const useRoom = (box: HTMLDivElement | null): Extent | null => {
  const [room, setRoom] = useState<Extent | null>(null);
  useLayoutEffect(() => {
    if (box === null) return undefined;
    const read = (): void => setRoom({ width: box.clientWidth, height: box.clientHeight });
    read();
    const watch = new ResizeObserver(read);
    watch.observe(box);
    return () => watch.disconnect();
  }, [box]);
  return room;
};

const middle = ({ width, height }: Extent) => ({ x: width / 2, y: height / 2 });

/** How the picture lies in the stage, by keys, wheel and buttons. */
const useView = (picture: Extent | null, room: Extent | null, actualFirst: boolean) => {
  const ratio = window.devicePixelRatio;
  const [view, setView] = useState<View | null>(null);
  const key = picture === null || room === null ? '' : `${picture.width} ${picture.height} ${room.width} ${room.height} ${actualFirst}`;
  const change = useCallback(
    (work: (view: View, picture: Extent, room: Extent) => View) => {
      if (picture !== null && room !== null) setView((before) => work(before ?? fitted(picture, room, ratio), picture, room));
    },
    [picture, room, ratio],
  );
  const fit = useCallback(() => change((_before, all, into) => fitted(all, into, ratio)), [change, ratio]);
  const actual = useCallback(() => change((before, all, into) => zoomedAt(before, actualZoom(ratio), middle(into), all, into)), [change, ratio]);
  useEffect(() => {
    setView(null);
    if (actualFirst) actual();
    else fit();
    // Another room or picture begins anew; the callbacks change with them.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the key stands for all of it
  }, [key]);
  return {
    view,
    fit,
    actual,
    zoom: (by: number, at?: { readonly x: number; readonly y: number }) => change((before, all, into) => zoomedAt(before, before.zoom * by, at ?? middle(into), all, into)),
    pan: (x: number, y: number) => change((before, all, into) => panned(before, { x, y }, all, into)),
  };
};

/** Two versions of one picture, one over the other, with a border between them that can be moved; both zoom and move as one. */
export const SplitPicture = ({ ref, before, after, extent, actualFirst, words, onBroken }: SplitPictureProps) => {
  const [box, setBox] = useState<HTMLDivElement | null>(null);
  const [natural, setNatural] = useState<Extent | null>(null);
  const [split, setSplit] = useState(50);
  const room = useRoom(box);
  const { view, fit, actual, zoom, pan } = useView(extent ?? natural, room, actualFirst);
  const drag = useRef<{ readonly what: 'border' | 'picture'; readonly x: number; readonly y: number } | null>(null);
  const picture = extent ?? natural;
  const move = (to: number): void => setSplit(Math.min(100, Math.max(0, to)));

  useEffect(() => {
    if (box === null) return undefined;
    const wheel = (event: WheelEvent): void => {
      event.preventDefault();
      const bounds = box.getBoundingClientRect();
      zoom(event.deltaY < 0 ? STEP : 1 / STEP, { x: event.clientX - bounds.left, y: event.clientY - bounds.top });
    };
    box.addEventListener('wheel', wheel, { passive: false });
    return () => box.removeEventListener('wheel', wheel);
  });
  const keydown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const [x, y] = event.key === 'ArrowLeft' ? [1, 0] : event.key === 'ArrowRight' ? [-1, 0] : event.key === 'ArrowUp' ? [0, 1] : event.key === 'ArrowDown' ? [0, -1] : [0, 0];
    if (x !== 0 || y !== 0) {
      if (event.shiftKey || y !== 0) pan(x * PAN, y * PAN);
      else move(split - x * 2);
    } else if (event.key === 'Home' || event.key === 'End') move(event.key === 'Home' ? 0 : 100);
    else if (event.key === '+' || event.key === '=') zoom(STEP);
    else if (event.key === '-') zoom(1 / STEP);
    else if (event.key === '0') fit();
    else if (event.key === '1') actual();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const pointerdown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0 || box === null) return;
    const bounds = box.getBoundingClientRect();
    const near = Math.abs(event.clientX - bounds.left - (bounds.width * split) / 100) < 16;
    drag.current = { what: near ? 'border' : 'picture', x: event.clientX, y: event.clientY };
    box.setPointerCapture(event.pointerId);
  };
  const pointermove = (event: PointerEvent<HTMLDivElement>): void => {
    const held = drag.current;
    if (held === null || box === null) return;
    const bounds = box.getBoundingClientRect();
    if (held.what === 'border') move(((event.clientX - bounds.left) / bounds.width) * 100);
    else {
      pan(event.clientX - held.x, event.clientY - held.y);
      drag.current = { ...held, x: event.clientX, y: event.clientY };
    }
  };
  const place = view === null || picture === null ? { visibility: 'hidden' as const } : { width: picture.width * view.zoom, height: picture.height * view.zoom, transform: `translate(${view.x}px, ${view.y}px)` };
  const layer = (src: string, alt: string, clip?: string) => (
    <div className="pointer-events-none absolute inset-0 overflow-hidden" style={clip === undefined ? {} : { clipPath: clip }}>
      <img
        src={src}
        alt={alt}
        draggable={false}
        decoding="async"
        onError={onBroken}
        onLoad={({ currentTarget }) => setNatural((known) => known ?? { width: currentTarget.naturalWidth, height: currentTarget.naturalHeight })}
        className="checkerboard absolute left-0 top-0 max-w-none object-contain"
        style={place}
      />
    </div>
  );
  return (
    <div className="flex h-full flex-col">
      <div
        ref={(element) => {
          setBox(element);
          if (typeof ref === 'function') ref(element);
          else if (ref !== null) ref.current = element;
        }}
        role="group"
        aria-label={words.stage}
        tabIndex={0}
        onKeyDown={keydown}
        onPointerDown={pointerdown}
        onPointerMove={pointermove}
        onPointerUp={() => (drag.current = null)}
        onPointerCancel={() => (drag.current = null)}
        onDoubleClick={() => (view !== null && view.zoom === actualZoom(window.devicePixelRatio) ? fit() : actual())}
        className="relative min-h-0 flex-1 cursor-grab touch-none select-none overflow-hidden bg-sunken -outline-offset-2 active:cursor-grabbing"
      >
        {layer(before, words.before)}
        {layer(after, words.after, `inset(0 0 0 ${split}%)`)}
        <Label side="left" text={words.before} hidden={split < 8} />
        <Label side="right" text={words.after} hidden={split > 92} />
        <div aria-hidden className="absolute inset-y-0 w-0 cursor-ew-resize" style={{ left: `${split}%` }}>
          <span className="absolute inset-y-0 -left-px w-0.5 bg-accent" />
          <span className="absolute -left-3.5 top-1/2 flex size-7 -translate-y-1/2 items-center justify-center rounded-full bg-accent text-on-accent shadow-lift">
            <ChevronsLeftRight size={16} />
          </span>
        </div>
      </div>
      <div className="flex shrink-0 items-center gap-2 border-t border-line bg-surface px-4 py-1">
        <input type="range" aria-label={words.slider} min={0} max={100} step={1} value={Math.round(split)} onChange={(event) => move(Number(event.target.value))} className="h-6 min-w-24 flex-1 accent-accent" />
        <IconButton size="s" label={words.smaller} onClick={() => zoom(1 / STEP)}>
          <Minus {...icon} />
        </IconButton>
        <output className="num w-12 text-center text-small text-text-2">{view === null ? '' : `${Math.round(view.zoom * window.devicePixelRatio * 100)} %`}</output>
        <IconButton size="s" label={words.larger} onClick={() => zoom(STEP)}>
          <Plus {...icon} />
        </IconButton>
        <IconButton size="s" label={words.fit} onClick={fit}>
          <Maximize {...icon} />
        </IconButton>
        <IconButton size="s" label={words.actual} onClick={actual}>
          <span aria-hidden className="num">
            1:1
          </span>
        </IconButton>
      </div>
    </div>
  );
};

const Label = ({ side, text, hidden }: { readonly side: 'left' | 'right'; readonly text: string; readonly hidden: boolean }) => (
  <span aria-hidden className={clsx('pointer-events-none absolute top-2 rounded-s border border-line bg-surface px-1.5 py-0.5 text-small', side === 'left' ? 'left-2' : 'right-2', hidden && 'hidden')}>
    {text}
  </span>
);
