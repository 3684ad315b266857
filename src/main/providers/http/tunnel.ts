import type { Agent, AgentOptions } from 'node:http';
import type { SecureContext } from 'node:tls';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { SocksProxyAgent } from 'socks-proxy-agent';

/** An agent that reaches its targets through a proxy: a SOCKS one, or by CONNECT. */
export const tunnel = (proxy: string, secureContext: SecureContext | undefined, kept: AgentOptions): Agent => {
  if (/^socks/.test(proxy)) return new SocksProxyAgent(proxy, kept);
  return new HttpsProxyAgent(proxy, { ...kept, ...(secureContext === undefined ? {} : { secureContext }) });
};
