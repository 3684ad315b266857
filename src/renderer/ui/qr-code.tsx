import { useMemo } from 'react';
import { encode } from 'uqr';

const QUIET = 4;

/** A text as a QR code, dark on white in every theme so that cameras read it. Nothing for texts that do not fit one. */
export const QrCode = ({ text, label }: { readonly text: string; readonly label: string }) => {
  const drawn = useMemo(() => {
    try {
      const { data, size } = encode(text, { border: 0 });
      const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x + QUIET} ${y + QUIET}h1v1h-1z`] : []))).join('');
      return { path, side: size + QUIET * 2 };
    } catch {
      // A link of more than some 2,900 bytes fits no QR code.
      return null;
    }
  }, [text]);
  if (drawn === null) return null;
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${drawn.side} ${drawn.side}`} shapeRendering="crispEdges" className="size-40 rounded-s border border-line">
      <rect width={drawn.side} height={drawn.side} fill="#ffffff" />
      <path d={drawn.path} fill="#000000" />
    </svg>
  );
};
