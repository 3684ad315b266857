import { SCHEME } from './contract';

/** What a `picferry://` link asks for. Nothing is uploaded before a person has said yes. */
export type PicferryLink = { readonly act: 'open' } | { readonly act: 'upload'; readonly url: string };

const MAX_LINK = 4500;
const MAX_URL = 4000;

/** Plain web addresses without a name or password in them. */
const webAddress = (text: string | null): string | null => {
  if (text === null || text.length > MAX_URL) return null;
  try {
    const url = new URL(text);
    return /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' && url.hostname !== '' ? url.href : null;
  } catch {
    return null;
  }
};

/** Reads `picferry://open` and `picferry://upload?url=ADDRESS`; null for everything else: a link comes from anybody. */
export const readPicferryLink = (text: string): PicferryLink | null => {
  if (text.length > MAX_LINK) return null;
  let link: URL;
  try {
    link = new URL(text);
  } catch {
    return null;
  }
  if (link.protocol !== `${SCHEME}:`) return null;
  const rest = link.pathname.replaceAll('/', '');
  const act = link.host === '' ? rest : rest === '' ? link.host : '';
  if (act === 'open') return { act: 'open' };
  const url = act === 'upload' ? webAddress(link.searchParams.get('url')) : null;
  return url === null ? null : { act: 'upload', url };
};
