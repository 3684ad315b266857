import clsx from 'clsx';
import { lanesBelow, type LaneRow } from './version-lanes';

const LANE = 10;
const DOT = 3.5;
/** More lanes than these lie on each other: the marks say what was joined. */
const MOST_LANES = 4;

const x = (lane: number): number => LANE / 2 + 2 + Math.min(lane, MOST_LANES - 1) * LANE;
/** The room that so many lanes take. */
export const widthOf = (lanes: number): number => Math.min(Math.max(1, lanes), MOST_LANES) * LANE + 4;

type GraphProps = { readonly row: LaneRow; readonly height: number; readonly width: number; readonly mine: boolean; readonly newest: boolean };

const bend = (fromX: number, fromY: number, toX: number, toY: number): string => `M${String(fromX)} ${String(fromY)}C${String(fromX)} ${String((fromY + toY) / 2)} ${String(toX)} ${String((fromY + toY) / 2)} ${String(toX)} ${String(toY)}`;

/** What a version was made on, drawn; the same is said in words beside it. */
export const LaneGraph = ({ row, height, width, mine, newest }: GraphProps) => {
  const { lane, from, to, passing } = row;
  const middle = height / 2;
  return (
    <svg aria-hidden width={width} height={height} className="absolute left-0 top-0" fill="none">
      <g className="stroke-line-strong" strokeWidth={1.5}>
        {passing.map((other) => (
          <path key={`p${String(other)}`} d={`M${String(x(other))} 0V${String(height)}`} />
        ))}
        {from.map((other) => (
          <path key={`f${String(other)}`} d={bend(x(other), 0, x(lane), middle)} />
        ))}
        {to.map((other) => (
          <path key={`t${String(other)}`} d={bend(x(lane), middle, x(other), height)} />
        ))}
      </g>
      <circle cx={x(lane)} cy={middle} r={DOT} strokeWidth={1.5} className={clsx(mine ? 'fill-accent stroke-accent' : 'fill-bg stroke-text-2', newest && 'stroke-2')} />
    </svg>
  );
};

/** The lanes below a version, past a heading. */
export const LanesBeside = ({ row, height, width }: { readonly row: LaneRow; readonly height: number; readonly width: number }) => (
  <svg aria-hidden width={width} height={height} className="absolute left-0 top-0" fill="none">
    <g className="stroke-line-strong" strokeWidth={1.5}>
      {lanesBelow(row).map((lane) => (
        <path key={lane} d={`M${String(x(lane))} 0V${String(height)}`} />
      ))}
    </g>
  </svg>
);
