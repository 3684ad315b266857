import { lastPart, stem } from '../attempt';
import type { ListedItem, Receipt, RemotePage, Sought } from '../contract';
import type { Search } from '../search-listed';

const MINUTE = 60_000;
/** The list's clock has an unknown zone: any quarter of an hour up to 14 h away may be meant. */
const ZONE_STEP = 15 * MINUTE;
const ZONE_SPAN = 14 * 60 * MINUTE;
const EARLY = MINUTE;
const LATE = 10 * MINUTE;
const SLOW_BYTES_PER_MS = 32;
const PAGES = 5;

const instantOf = (item: ListedItem): number => (item.hostTime === null ? Number.NaN : Date.parse(`${item.hostTime.replace(' ', 'T')}Z`));

/** A file may be listed this long after its sending began: the host's time and that of a slow line. */
const lateOf = (size: number): number => LATE + size / SLOW_BYTES_PER_MS;

/** Whether a zone-less time can mean the time of sending or the minutes after it. */
const fits = (item: ListedItem, size: number, sentAt: number): boolean => {
  const apart = instantOf(item) - sentAt;
  if (Number.isNaN(apart) || Math.abs(apart) > ZONE_SPAN + lateOf(size)) return false;
  const rest = (((apart + EARLY) % ZONE_STEP) + ZONE_STEP) % ZONE_STEP;
  return rest <= EARLY + lateOf(size);
};

/** What a row says of itself: surely not the upload, to be told by its bytes, or no telling. */
const likeness = (item: ListedItem, { name, size }: Sought, sentAt: number): 'other' | 'compare' | 'open' => {
  // Without the name it was sent under, a row shows the stored one.
  const [named, nameless] = [item.name === name, item.name === item.storedName];
  if (!named && !(nameless && (item.bytes === null || item.bytes === size))) return 'other';
  if (Number.isNaN(instantOf(item))) return named ? 'open' : 'other';
  if (!fits(item, size, sentAt)) return 'other';
  // A host may recode pictures: the same name in another size may be ours.
  return item.url !== null && (item.bytes === null || item.bytes === size) ? 'compare' : 'open';
};

const receiptOf = (item: ListedItem): Receipt => {
  const storedName = item.storedName ?? lastPart(item.url);
  return {
    remoteId: storedName === null ? null : stem(storedName),
    url: item.url,
    thumbUrl: item.thumbUrl,
    viewerUrl: null,
    deleteUrl: null,
    storedName,
    width: item.width,
    height: item.height,
    bytes: item.bytes,
    mime: null,
    kind: item.kind,
    durationSeconds: null,
    pendingReview: false,
  };
};

/**
 * Looks for an upload in the gallery, newest first. Sure of a row whose bytes are the upload's; sure of its
 * absence once every row since then was seen and none can be it.
 */
export const findUpload = async (sought: Sought, sentAt: number, page: (number: number) => Promise<RemotePage>, search: Search): Promise<Receipt | 'absent' | 'cannot_tell'> => {
  for (let number = 1; number <= PAGES; number += 1) {
    const { items, totalPages } = await page(number);
    for (const item of items) {
      const like = likeness(item, sought, sentAt);
      const row = receiptOf(item);
      if (like === 'other' || sought.isTaken(row)) continue;
      if (like === 'open') search.leaveOpen();
      else if (await search.isIt(row)) return row;
    }
    const last = items.at(-1);
    if (last === undefined || number >= totalPages || instantOf(last) < sentAt - ZONE_SPAN - EARLY) return search.unfound();
  }
  return 'cannot_tell';
};
