import http from 'node:http';
import https from 'node:https';
import type { SecureContext } from 'node:tls';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { SocksProxyAgent } from 'socks-proxy-agent';

/**
 * An idle connection is dropped after this long: servers close theirs after a few seconds, and a
 * request that meets such a closing connection would end without an answer.
 */
const IDLE_MS = 2_000;
const KEPT = { keepAlive: true, timeout: IDLE_MS, maxFreeSockets: 16 } as const;

/** Keep-alive agents, one per kind of way; Node keeps the connections inside one apart by origin. */
export interface Agents {
  get(secure: boolean, proxy: string | null, secureContext: SecureContext | undefined): http.Agent;
  /** Closes all idle and running connections. */
  close(): void;
}

const viaProxy = (secure: boolean, proxy: string, secureContext: SecureContext | undefined): http.Agent => {
  if (/^socks/.test(proxy)) return new SocksProxyAgent(proxy, KEPT);
  const options = { ...KEPT, ...(secureContext === undefined ? {} : { secureContext }) };
  return secure ? new HttpsProxyAgent(proxy, options) : new HttpProxyAgent(proxy, options);
};

/** Makes agents as they are asked for; those of a proxy that is no longer used are closed. */
export const createAgents = (): Agents => {
  const direct = { true: new https.Agent({ ...KEPT, maxCachedSessions: 100 }), false: new http.Agent(KEPT) };
  const proxied = new Map<string, http.Agent>();
  return {
    get: (secure, proxy, secureContext) => {
      if (proxy === null) return secure ? direct.true : direct.false;
      const key = `${String(secure)} ${proxy}`;
      const known = proxied.get(key);
      if (known !== undefined) return known;
      const made = viaProxy(secure, proxy, secureContext);
      proxied.set(key, made);
      return made;
    },
    close: () => {
      for (const agent of [direct.true, direct.false, ...proxied.values()]) agent.destroy();
      proxied.clear();
    },
  };
};
