import { isLoopbackHost } from '../url-rules';

/** The proxy setting with its password filled in. */
export type ProxyChoice =
  | { readonly mode: 'none' }
  | { readonly mode: 'system' }
  | {
      readonly mode: 'manual';
      /** `http://host:port`, `https://host:port` or `socks5://host:port`; without a scheme it is http. */
      readonly url: string;
      readonly username: string;
      readonly password: string;
    };

export type ProxyOptions = {
  readonly choice: ProxyChoice;
  readonly systemProxy: ((url: string) => Promise<string>) | null;
  readonly env: Readonly<Record<string, string | undefined>>;
};

/** A proxy setting that cannot be read, so that no request may go out at all. */
export class ProxySettingError extends Error {}

const SCHEMES = ['http:', 'https:', 'socks:', 'socks4:', 'socks4a:', 'socks5:', 'socks5h:'];

const proxyUrl = (text: string): URL => {
  try {
    const url = new URL(/^[a-z][a-z0-9]*:\/\//i.test(text) ? text : `http://${text}`);
    if (SCHEMES.includes(url.protocol) && url.hostname !== '') return url;
  } catch {
    // Falls through to the refusal below.
  }
  throw new ProxySettingError('unreadable proxy address');
};

const manual = (choice: ProxyChoice & { readonly mode: 'manual' }): string => {
  const url = proxyUrl(choice.url.trim());
  // socks5 lets the proxy look the name up, so that no DNS query leaves beside it.
  const scheme = url.protocol === 'socks5:' || url.protocol === 'socks:' ? 'socks5h:' : url.protocol;
  const login = choice.username === '' ? (url.username === '' ? '' : `${url.username}:${url.password}@`) : `${encodeURIComponent(choice.username)}:${encodeURIComponent(choice.password)}@`;
  return `${scheme}//${login}${url.host}`;
};

/** The first usable entry of a PAC answer such as `PROXY a:8080; SOCKS5 b:1080; DIRECT`; null for a direct way. */
export const fromPac = (answer: string): string | null => {
  for (const entry of answer.split(';')) {
    const [kind = '', place = ''] = entry.trim().split(/\s+/);
    if (/^direct$/i.test(kind)) return null;
    if (place === '') continue;
    if (/^(proxy|http)$/i.test(kind)) return `http://${place}`;
    if (/^https$/i.test(kind)) return `https://${place}`;
    if (/^socks5?$/i.test(kind)) return `socks5h://${place}`;
    if (/^socks4$/i.test(kind)) return `socks4a://${place}`;
  }
  return null;
};

const excluded = (target: URL, rules: string): boolean => {
  const port = target.port === '' ? (target.protocol === 'https:' ? '443' : '80') : target.port;
  return rules
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((rule) => rule !== '')
    .some((rule) => {
      if (rule === '*') return true;
      const [, name = rule, only] = /^(.*?):(\d+)$/.exec(rule) ?? [];
      if (only !== undefined && only !== port) return false;
      const bare = name.replace(/^\*?\./, '');
      return target.hostname === bare || target.hostname.endsWith(`.${bare}`);
    });
};

/** Reads HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY as curl does. */
export const fromEnvironment = (target: URL, env: ProxyOptions['env']): string | null => {
  const read = (name: string): string => env[name.toLowerCase()] ?? env[name] ?? '';
  if (excluded(target, read('NO_PROXY'))) return null;
  const value = read(target.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY') || read('ALL_PROXY');
  return value === '' ? null : proxyUrl(value).href;
};

/** The proxy for a request, as a URL with its login, or null. Loopback never goes through one. */
export const chooseProxy = async (target: URL, options: ProxyOptions): Promise<string | null> => {
  if (options.choice.mode === 'none' || isLoopbackHost(target.hostname)) return null;
  if (options.choice.mode === 'manual') return manual(options.choice);
  if (options.systemProxy !== null) return fromPac(await options.systemProxy(target.href));
  return fromEnvironment(target, options.env);
};
