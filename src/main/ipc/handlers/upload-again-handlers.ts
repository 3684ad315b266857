import { createUploadAgain } from '../../operations';
import { isMadeFrom } from '../../preparation';
import type { Handlers } from '../register';
import type { HandlerDeps } from './handler-deps';

/** Part of the library's handlers: what queues pictures of the library again. */
export const uploadAgainHandlers = (deps: HandlerDeps): Pick<Handlers, 'library:upload-again' | 'library:stop-again'> => {
  const looking = new Set<AbortController>();
  return {
    'library:upload-again': async (request) => {
      const [services, intake] = [await deps.services(), await deps.intake()];
      const again = createUploadAgain({ ...services, intake, isMadeFrom, now: deps.now });
      const stopping = new AbortController();
      const stop = (): void => stopping.abort();
      looking.add(stopping);
      deps.lifetime.addEventListener('abort', stop);
      try {
        const { queued, missing, left, jobIds } = await again(request, stopping.signal);
        return { queued, missing: [...missing], left, jobIds: [...jobIds] };
      } catch (error) {
        if (stopping.signal.aborted) return null;
        throw error;
      } finally {
        looking.delete(stopping);
        deps.lifetime.removeEventListener('abort', stop);
      }
    },
    'library:stop-again': () => {
      for (const each of looking) each.abort();
      return Promise.resolve(undefined);
    },
  };
};
