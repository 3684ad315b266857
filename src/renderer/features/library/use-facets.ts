import { useEffect, useState } from 'react';
import type { CallOutput } from '../../bridge';
import { useCall } from '../../stores/use-actions';

export type Facets = CallOutput<'library:facets'>;

/** What filters and tags can be, read when the part that shows it opens, or once it is wanted; null until then. */
export const useFacets = (wanted = true): Facets | null => {
  const call = useCall();
  const [facets, setFacets] = useState<Facets | null>(null);
  useEffect(() => {
    if (!wanted) return undefined;
    let left = false;
    const read = async (): Promise<void> => {
      const answer = await call('library:facets', undefined);
      if (!left && answer !== undefined) setFacets(answer);
    };
    void read();
    return () => {
      left = true;
    };
  }, [call, wanted]);
  return facets;
};
