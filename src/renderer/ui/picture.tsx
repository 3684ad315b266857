import { useState, type ReactNode } from 'react';
import { Thumb } from './bits';

/** A picture that fills its box; the fallback stands in when it cannot be loaded. */
export const Picture = ({ src, fallback }: { readonly src: string | null; readonly fallback: ReactNode }) => {
  const [broken, setBroken] = useState<string | null>(null);
  return <Thumb src={broken === src ? null : src} size="fill" fallback={fallback} onBroken={setBroken} />;
};
