import type { ApiRequest, ApiState } from '../../src/shared/model/local-api';
import type { Handlers } from './fake-library';

const AT = Date.UTC(2026, 10, 22, 8, 30);
const request = (id: number, part: Partial<ApiRequest>): ApiRequest => ({ id, at: AT - id * 61_000, what: 'upload', token: 'Obsidian', status: 200, ms: 240, inputs: 1, done: 1, note: 'token-in-address', ...part });

const invented: ApiState = {
  state: 'on',
  url: 'http://127.0.0.1:36677',
  problem: null,
  tokens: [
    { id: 't1', name: 'Obsidian', scopes: ['upload', 'clipboard', 'delete'], createdAt: AT - 9e8, lastUsedAt: AT },
    { id: 't2', name: 'a script of mine with a rather long name', scopes: ['upload'], createdAt: AT - 9e7, lastUsedAt: null },
  ],
  requests: [
    request(1, { inputs: 12, done: 11, note: 'failed' }),
    request(2, {}),
    request(3, { what: 'delete' }),
    request(4, { token: null, status: 403, inputs: null, done: null, note: 'web-page' }),
    request(5, { token: null, note: 'without-token' }),
    request(6, { token: null, what: 'heartbeat', inputs: null, done: null, note: null }),
  ],
};

/** A local API with two programs and a few requests. */
export const createFakeApi = (): Handlers => {
  let api = invented;
  return {
    'api:snapshot': () => ({ rev: 0, api }),
    'api:add-token': ({ name, scopes }) => {
      const info = { id: `t${api.tokens.length + 1}`, name, scopes, createdAt: AT, lastUsedAt: null };
      api = { ...api, tokens: [...api.tokens, info] };
      return { token: 'pf_invented-token-of-nobody-0123456789-abcdefg', info };
    },
    'api:choose-folder': () => ({ path: '/home/mei/Notes' }),
  };
};
