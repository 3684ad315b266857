import type { MiddlewareHandler } from 'hono';
import { json, type HostEnv } from './http-call';

const LOOPBACK = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::(\d{1,5}))?$/i;

export type GuardOptions = {
  readonly port: () => number;
  /** Accepts any port in `Host`: tests put proxies in front. */
  readonly anyPort: boolean;
};

/** Whether a `Host` header names this server; anything else is a page that rebound its own name to 127.0.0.1. */
export function isOwnHost(host: string | undefined, options: GuardOptions): boolean {
  const found = LOOPBACK.exec(host ?? '');
  return found !== null && (options.anyPort || Number(found[1] ?? 80) === options.port());
}

/** Refuses requests that web pages of other origins, or of a rebound name, make a browser send. */
export function guard(options: GuardOptions): MiddlewareHandler<HostEnv> {
  return async (call, next) => {
    const { incoming, outgoing } = call.env;
    outgoing.setHeader('x-content-type-options', 'nosniff');
    const { host, origin } = incoming.headers;
    if (!isOwnHost(host, options)) return json({ result: 'error', code: 403, error: 'Host not allowed' }, 403);
    if (origin !== undefined && !isOwnOrigin(origin, options)) {
      return json({ result: 'error', code: 403, error: 'Origin not allowed' }, 403);
    }
    await next();
    return undefined;
  };
}

function isOwnOrigin(origin: string, options: GuardOptions): boolean {
  return origin.startsWith('http://') && isOwnHost(origin.slice('http://'.length), { ...options, anyPort: false });
}
