import type { ApiDeps } from '../../src/main/server/api-env';
import { apiLimits, type ApiLimits } from '../../src/main/server/limits';
import { openPort, type OpenPort } from '../../src/main/server/open-port';
import { createTranslator } from '../../src/shared/i18n/translator';
import type { ServerWorld } from './server-world';

/** The one token that the port knows. */
export const RIGHT = 'right';

/** A port of the API over a world's services with limits of its own; `onKept` hears of each file that a form brought. */
export const openBarePort = (world: ServerWorld, limits: Partial<ApiLimits>, onKept: (path: string) => void = () => undefined): Promise<OpenPort> => {
  const { queue, library, accounts, thisComputer, intake } = world.services;
  const texts = createTranslator('en');
  const known = { id: 'id', name: 'all', scopes: ['upload', 'clipboard', 'delete'], createdAt: 0, lastUsedAt: null } as const;
  const deps: ApiDeps = {
    queue,
    library,
    accounts,
    thisComputer,
    intake: {
      url: intake.url,
      bytes: async (name, bytes) => {
        const input = await intake.bytes(name, bytes);
        if (input.type === 'kept') onKept(input.path);
        return input;
      },
    },
    tokens: { find: (given) => (given === RIGHT ? known : null), used: () => undefined },
    settings: () => ({ strictStatus: false }),
    clipboard: () => null,
    texts: () => texts,
    limits: { ...apiLimits, ...limits },
    onRequest: () => undefined,
    onFault: (error) => {
      throw error;
    },
    now: Date.now,
  };
  return openPort(deps, 0, () => null);
};

/** The head of an upload to it, up to the fields that the test adds. */
export const headOf = ({ port }: OpenPort, type: string): string =>
  `POST /upload HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${RIGHT}\r\nContent-Type: ${type}\r\n`;

/** The status of `/heartbeat`. */
export const heartbeat = async ({ port }: OpenPort): Promise<number> => (await fetch(`http://127.0.0.1:${port}/heartbeat`, { method: 'POST' })).status;
