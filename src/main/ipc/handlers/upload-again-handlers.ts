import { createUploadAgain } from '../../operations';
import { isMadeFrom } from '../../preparation';
import type { Handlers } from '../register';
import type { HandlerDeps } from './handler-deps';

/** Part of the library's handlers: what queues pictures of the library again. */
export const uploadAgainHandlers = (deps: HandlerDeps): Pick<Handlers, 'library:upload-again'> => ({
  'library:upload-again': async (request) => {
    const [services, intake] = [await deps.services(), await deps.intake()];
    const again = createUploadAgain({ ...services, intake, isMadeFrom, now: deps.now });
    const { queued, missing, left, jobIds } = await again(request, deps.lifetime);
    return { queued, missing: [...missing], left, jobIds: [...jobIds] };
  },
});
