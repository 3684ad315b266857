import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { ResolverState } from '../../stores/resolver-state';
import type { ResolverStore } from '../../stores/resolver-store';

export const ResolverContext = createContext<ResolverStore | null>(null);

export const useResolver = (): ResolverStore => {
  const resolver = useContext(ResolverContext);
  if (resolver === null) throw new Error('no ResolverContext above this component');
  return resolver;
};

export const useResolving = <T>(select: (state: ResolverState) => T): T => useStore(useResolver().store, select);
