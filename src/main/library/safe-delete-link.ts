/**
 * Whether a delete link may be fetched: https, or http to this computer, or http to the very machine that the
 * person has allowed http for. A delete link works for whoever sees it, so it never travels openly elsewhere.
 */
export function isSafeDeleteLink(link: string, account: { readonly url: string; readonly allowHttp: boolean }): boolean {
  const url = parse(link);
  if (url === undefined || url.username !== '' || url.password !== '') return false;
  if (url.protocol === 'https:') return true;
  if (url.protocol !== 'http:') return false;
  if (isLoopback(url.hostname)) return true;
  return account.allowHttp && parse(account.url)?.hostname === url.hostname;
}

const parse = (text: string): URL | undefined => {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
};

const isLoopback = (host: string): boolean => host === 'localhost' || host === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
