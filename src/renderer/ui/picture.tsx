import { useState, type ReactNode } from 'react';
import { Thumb } from './bits';

/** A picture that fills its box over the checkerboard; the fallback stands in when it cannot be loaded. */
export const Picture = ({ src, fallback }: { readonly src: string | null; readonly fallback: ReactNode }) => {
  const [broken, setBroken] = useState<string | null>(null);
  if (src === null || broken === src) return <Thumb src={null} size="fill" fallback={fallback} />;
  return (
    <span className="checkerboard flex size-full items-center justify-center overflow-hidden rounded-s border border-line">
      <img src={src} alt="" loading="lazy" decoding="async" draggable={false} className="size-full object-contain" onError={() => setBroken(src)} />
    </span>
  );
};
