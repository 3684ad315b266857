import { BlockList, isIP } from 'node:net';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

const privately = new BlockList();
privately.addSubnet('10.0.0.0', 8, 'ipv4');
privately.addSubnet('172.16.0.0', 12, 'ipv4');
privately.addSubnet('192.168.0.0', 16, 'ipv4');
privately.addSubnet('169.254.0.0', 16, 'ipv4');
privately.addSubnet('100.64.0.0', 10, 'ipv4');
privately.addSubnet('fc00::', 7, 'ipv6');
privately.addSubnet('fe80::', 10, 'ipv6');

/** An IPv6 address that carries an IPv4 one, as `URL` writes it: `::ffff:7f00:1`. */
const carried = (address: string): string => {
  const found = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(address);
  if (found === null) return address;
  const bits = [found[1] ?? '0', found[2] ?? '0'].map((part) => Number.parseInt(part, 16));
  return bits.flatMap((part) => [part >> 8, part & 255]).join('.');
};

const bare = (hostname: string): string => carried(hostname.toLowerCase().replace(/^\[|\]$/g, '').replace(/\.$/, ''));

const within = (list: BlockList, address: string): boolean => {
  const family = isIP(address);
  return family !== 0 && list.check(address, family === 6 ? 'ipv6' : 'ipv4');
};

/** True for a name or an address that can only mean this machine. */
export const isLoopbackHost = (hostname: string): boolean => {
  const host = bare(hostname);
  return host === 'localhost' || host.endsWith('.localhost') || within(loopback, host);
};

/** True for addresses of private networks and for names that only such a network can answer. */
export const isPrivateHost = (hostname: string): boolean => {
  const host = bare(hostname);
  if (isIP(host) !== 0) return within(privately, host);
  return !host.includes('.') || /\.(local|lan|internal|home\.arpa)$/.test(host);
};

/** `no-dot`: a name that no public site can have, without the explicit http of a private network. */
export type UrlProblem = 'none' | 'malformed' | 'no-dot' | 'http-public' | 'http-private';

/** True for one word such as `nonsense`: most likely a slip, and https has no certificate for it. */
const isLoneName = (hostname: string): boolean => {
  const host = bare(hostname);
  return isIP(host) === 0 && !host.includes('.');
};

const parse = (text: string): URL | null => {
  const trimmed = text.trim();
  const named = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed);
  try {
    const guess = new URL(named ? trimmed : `https://${trimmed}`);
    const url = !named && isLoopbackHost(guess.hostname) ? new URL(`http://${trimmed}`) : guess;
    const plain = url.username === '' && url.password === '' && url.hostname !== '';
    return plain && (url.protocol === 'https:' || url.protocol === 'http:') ? url : null;
  } catch {
    return null;
  }
};

const cut = (path: string, endpoints: readonly string[]): string => {
  const trimmed = path.replace(/\/+$/, '');
  const lower = trimmed.toLowerCase();
  const found = endpoints.find((endpoint) => lower.endsWith(endpoint.toLowerCase()));
  return found === undefined ? trimmed : cut(trimmed.slice(0, -found.length), endpoints);
};

/**
 * Cuts a pasted address back to the site's root (a path prefix stays, query and fragment go) and
 * judges it: https anywhere, http on this machine, http on private networks only after a yes, never
 * http on a public host, and never a name without a dot unless http to it is meant. Without a scheme
 * it is taken as https, or as http on this machine. What cannot be used comes back as it was. Cutting twice changes nothing more.
 */
export const checkUrl = (text: string, endpoints: readonly string[]): { readonly url: string; readonly problem: UrlProblem } => {
  const url = parse(text);
  if (url === null) return { url: text.trim(), problem: 'malformed' };
  const root = `${url.protocol}//${url.host}${cut(url.pathname, endpoints)}`;
  if (isLoopbackHost(url.hostname)) return { url: root, problem: 'none' };
  if (url.protocol === 'https:') return isLoneName(url.hostname) ? { url: text.trim(), problem: 'no-dot' } : { url: root, problem: 'none' };
  return { url: root, problem: isPrivateHost(url.hostname) ? 'http-private' : 'http-public' };
};

/** A link from an answer that may be kept and shown: http or https, else null. */
export const webLink = (value: unknown): string | null => {
  if (typeof value !== 'string' || !/^https?:\/\//i.test(value.trim())) return null;
  return parse(value) === null ? null : value.trim();
};

/**
 * A delete link that may be kept and followed, else null: https, or http on this machine, or http on a
 * private network for an account that allows it. It works for everyone who sees it on the way.
 */
export const deleteLink = (value: unknown, allowHttp: boolean): string | null => {
  const link = webLink(value);
  if (link === null) return null;
  const url = new URL(link);
  if (url.protocol === 'https:' || isLoopbackHost(url.hostname)) return link;
  return allowHttp && isPrivateHost(url.hostname) ? link : null;
};
