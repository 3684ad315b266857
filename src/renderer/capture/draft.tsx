import { chosenPart, type Area, type Crosshair } from './crosshair';
import { arrowShape, colours, type Colour, type Tool } from './edit-state';

type DraftProps = {
  readonly part: Area;
  readonly scale: number;
  readonly tool: Tool;
  readonly colour: Colour;
  readonly width: number;
  readonly cross: Crosshair | null;
};

/** What is being drawn, before it is on the picture. */
export const Draft = ({ part, scale, tool, colour, width, cross }: DraftProps) => {
  if (cross === null) return null;
  const { at, anchor } = cross;
  const chosen = chosenPart(cross);
  const thin = 1 / scale;
  const reach = 9 * thin;
  return (
    <svg aria-hidden viewBox={`0 0 ${part.width} ${part.height}`} className="pointer-events-none absolute inset-0 h-full w-full overflow-visible">
      {anchor === null ? (
        <g className="mix-blend-difference" stroke="#ffffff" strokeWidth={thin}>
          <line x1={at.x - reach} x2={at.x + reach} y1={at.y} y2={at.y} />
          <line x1={at.x} x2={at.x} y1={at.y - reach} y2={at.y + reach} />
        </g>
      ) : tool === 'arrow' ? (
        <polygon fill={colours[colour]} points={arrowShape(anchor, at, width).map(({ x, y }) => `${x},${y}`).join(' ')} />
      ) : chosen === null ? null : tool === 'rectangle' ? (
        <rect {...chosen} fill="none" stroke={colours[colour]} strokeWidth={width} strokeLinejoin="round" />
      ) : (
        <>
          {tool === 'crop' ? <path fill="rgb(0 0 0 / 0.5)" fillRule="evenodd" d={`M0 0H${part.width}V${part.height}H0ZM${chosen.x} ${chosen.y}v${chosen.height}h${chosen.width}v${-chosen.height}Z`} /> : null}
          <rect {...chosen} fill={tool === 'pixelate' ? 'rgb(127 127 127 / 0.45)' : 'none'} stroke="#000000" strokeWidth={thin * 3} />
          <rect {...chosen} fill="none" stroke="#ffffff" strokeWidth={thin} />
        </>
      )}
    </svg>
  );
};
