import type { RemoteItem } from '../../../shared/model/account';
import { lastPart, stem } from '../attempt';
import type { Receipt, RemotePage, UploadSource } from '../contract';

const MINUTE = 60_000;
/** The list's clock has an unknown zone: any quarter of an hour up to 14 h away may be meant. */
const ZONE_STEP = 15 * MINUTE;
const ZONE_SPAN = 14 * 60 * MINUTE;
const EARLY = MINUTE;
const LATE = 10 * MINUTE;
const PAGES = 5;

const instantOf = (item: RemoteItem): number => (item.hostTime === null ? Number.NaN : Date.parse(`${item.hostTime.replace(' ', 'T')}Z`));

/** Whether a zone-less time can mean the time of sending or the ten minutes after it. */
const fits = (item: RemoteItem, sentAt: number): boolean => {
  const apart = instantOf(item) - sentAt;
  if (Number.isNaN(apart) || Math.abs(apart) > ZONE_SPAN + LATE) return false;
  const rest = (((apart + EARLY) % ZONE_STEP) + ZONE_STEP) % ZONE_STEP;
  return rest <= EARLY + LATE;
};

/** Whether a row's gaps leave it open that it is the upload: it may not be called absent then. */
const mayBe = (item: RemoteItem, source: Pick<UploadSource, 'name' | 'size'>, sentAt: number): boolean => {
  if (item.name === source.name) return Number.isNaN(instantOf(item)) || fits(item, sentAt);
  // Without the name it was sent under, a row shows the stored one.
  return item.name === item.storedName && item.bytes === source.size && fits(item, sentAt);
};

const receiptOf = (item: RemoteItem): Receipt => {
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
 * Looks for an upload in the gallery, newest first. Sure of a row with the same name and size from that
 * time; sure of its absence once every row since then was seen and none can be it.
 */
export const findUpload = async (
  source: Pick<UploadSource, 'name' | 'size'>,
  sentAt: number,
  page: (number: number) => Promise<RemotePage>,
): Promise<Receipt | 'absent' | 'cannot_tell'> => {
  let candidate = false;
  for (let number = 1; number <= PAGES; number += 1) {
    const { items, totalPages } = await page(number);
    const same = items.filter((item) => item.name === source.name && item.bytes === source.size && item.url !== null && fits(item, sentAt));
    if (same.length === 1 && same[0] !== undefined) return receiptOf(same[0]);
    if (same.length > 1) return 'cannot_tell';
    // A host may recode pictures: the same name in another size may be ours.
    candidate ||= items.some((item) => mayBe(item, source, sentAt));
    const last = items.at(-1);
    const sawAll = last === undefined || number >= totalPages || instantOf(last) < sentAt - ZONE_SPAN - EARLY;
    if (sawAll) return candidate ? 'cannot_tell' : 'absent';
  }
  return 'cannot_tell';
};
