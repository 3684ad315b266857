import { useEffect, useState } from 'react';
import type { ApiState } from '../../shared/model/local-api';
import type { EventOf } from '../bridge';
import { createMirror } from './mirror';
import { useApp } from './use-app';

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The local API as main has it, for as long as somebody looks; null until it is read. */
export const useApi = (): ApiState | null => {
  const { client } = useApp();
  const [api, setApi] = useState<ApiState | null>(null);
  useEffect(() => {
    const mirror = createMirror<ApiState | null, EventOf<'api:changed'>>({
      initial: null,
      subscribe: (take) => client.on('api:changed', take),
      read: async () => {
        const snapshot = await client.call('api:snapshot', undefined);
        return { rev: snapshot.rev, state: snapshot.api };
      },
      apply: (_, event) => event.api,
      wait,
    });
    const off = mirror.store.subscribe(({ state }) => setApi(state));
    return () => {
      off();
      mirror.stop();
    };
  }, [client]);
  return api;
};
