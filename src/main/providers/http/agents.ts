import http, { type RequestOptions } from 'node:http';
import https from 'node:https';
import type { SecureContext } from 'node:tls';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { SocksProxyAgent } from 'socks-proxy-agent';

/**
 * An idle connection is dropped after this long: servers close theirs after a few seconds, and a
 * request that meets such a closing connection would end without an answer.
 */
const IDLE_MS = 2_000;
const KEPT = { keepAlive: true, timeout: IDLE_MS, maxFreeSockets: 16 } as const;

export type Way = {
  /** The target speaks https. */
  readonly secure: boolean;
  /** URL of the proxy with its login, or null. */
  readonly proxy: string | null;
  readonly secureContext: SecureContext | undefined;
};

/** Keep-alive agents, one per kind of way; Node keeps the connections inside one apart by origin. */
export interface Agents {
  /** Starts a request to the target on its way. */
  request(target: URL, way: Way, options: RequestOptions, onAnswer: (answer: http.IncomingMessage) => void): http.ClientRequest;
  /** Closes all idle and running connections. */
  close(): void;
}

const tunnel = ({ secureContext }: Way, proxy: string): http.Agent => {
  if (/^socks/.test(proxy)) return new SocksProxyAgent(proxy, KEPT);
  return new HttpsProxyAgent(proxy, { ...KEPT, ...(secureContext === undefined ? {} : { secureContext }) });
};

/**
 * A plain request in the form that HTTP proxies forward: to the proxy, with the whole address as path.
 * (http-proxy-agent 7 sends the head of a streamed body twice.)
 */
const forwarded = (target: URL, proxy: URL, options: RequestOptions): RequestOptions => {
  const login = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  const headers = { ...(options.headers as http.OutgoingHttpHeaders), Host: target.host };
  return {
    ...options,
    protocol: proxy.protocol,
    hostname: proxy.hostname.replace(/^\[|\]$/g, ''),
    host: proxy.hostname.replace(/^\[|\]$/g, ''),
    port: proxy.port === '' ? (proxy.protocol === 'https:' ? 443 : 80) : proxy.port,
    path: `${target.origin}${target.pathname}${target.search}`,
    headers: login === ':' ? headers : { ...headers, 'Proxy-Authorization': `Basic ${Buffer.from(login).toString('base64')}` },
  };
};

/** Makes agents as they are asked for. */
export const createAgents = (): Agents => {
  const secureAgent = new https.Agent({ ...KEPT, maxCachedSessions: 100 });
  const plainAgent = new http.Agent(KEPT);
  const tunnels = new Map<string, http.Agent>();
  const tunnelFor = (way: Way, proxy: string): http.Agent => {
    const known = tunnels.get(proxy);
    if (known !== undefined) return known;
    const made = tunnel(way, proxy);
    tunnels.set(proxy, made);
    return made;
  };
  return {
    request: (target, way, given, onAnswer) => {
      const options = way.secureContext === undefined ? given : { ...given, secureContext: way.secureContext };
      if (way.proxy !== null && !way.secure && /^https?:/.test(way.proxy)) {
        const proxy = new URL(way.proxy);
        const secure = proxy.protocol === 'https:';
        return (secure ? https : http).request({ ...forwarded(target, proxy, options), agent: secure ? secureAgent : plainAgent }, onAnswer);
      }
      const direct = way.secure ? secureAgent : plainAgent;
      const agent = way.proxy === null ? direct : tunnelFor(way, way.proxy);
      return (way.secure ? https : http).request({ ...options, agent }, onAnswer);
    },
    close: () => {
      for (const agent of [secureAgent, plainAgent, ...tunnels.values()]) agent.destroy();
      tunnels.clear();
    },
  };
};
