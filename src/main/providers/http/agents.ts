import http, { type RequestOptions } from 'node:http';
import https from 'node:https';
import type { SecureContext } from 'node:tls';

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
  /** To be awaited before the first request on a way: loads what tunnels through a proxy, which most never need. */
  ready(way: Pick<Way, 'secure' | 'proxy'>): Promise<void>;
  /** Starts a request to the target on its way. */
  request(target: URL, way: Way, options: RequestOptions, onAnswer: (answer: http.IncomingMessage) => void): http.ClientRequest;
  /** Closes all idle and running connections. */
  close(): void;
}

/** HTTP proxies forward plain requests; all else goes through a tunnel. */
const needsTunnel = ({ secure, proxy }: Pick<Way, 'secure' | 'proxy'>): boolean => proxy !== null && (secure || !/^https?:/.test(proxy));

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
  let openTunnel: typeof import('./tunnel').tunnel | undefined;
  const tunnelFor = (way: Way, proxy: string): http.Agent => {
    const known = tunnels.get(proxy);
    if (known !== undefined) return known;
    if (openTunnel === undefined) throw new Error('a request on a way that was not made ready');
    const made = openTunnel(proxy, way.secureContext, KEPT);
    tunnels.set(proxy, made);
    return made;
  };
  return {
    ready: async (way) => {
      if (needsTunnel(way)) openTunnel ??= (await import('./tunnel')).tunnel;
    },
    request: (target, way, given, onAnswer) => {
      const options = way.secureContext === undefined ? given : { ...given, secureContext: way.secureContext };
      if (way.proxy !== null && !needsTunnel(way)) {
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
