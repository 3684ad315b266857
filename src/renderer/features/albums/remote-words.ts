import type { RemoteItem } from '../../../shared/model/account';
import { NEWEST_REMOTE, type RemoteOrder } from '../../stores/remote-list';
import type { Text, TextKey } from '../../stores/text';

export type OrderName = 'newest' | 'oldest' | 'mostViews' | 'fewestViews' | 'largest' | 'smallest';

/** The orders that a gallery can be read in, with their words. */
export const remoteOrders: Readonly<Record<OrderName, { readonly order: RemoteOrder; readonly label: TextKey }>> = {
  newest: { order: NEWEST_REMOTE, label: 'remoteNewest' },
  oldest: { order: { orderBy: 'created_at', orderDir: 'ASC' }, label: 'remoteOldest' },
  mostViews: { order: { orderBy: 'views', orderDir: 'DESC' }, label: 'remoteMostViews' },
  fewestViews: { order: { orderBy: 'views', orderDir: 'ASC' }, label: 'remoteFewestViews' },
  largest: { order: { orderBy: 'file_size', orderDir: 'DESC' }, label: 'remoteLargest' },
  smallest: { order: { orderBy: 'file_size', orderDir: 'ASC' }, label: 'remoteSmallest' },
};

export const orderNames = Object.keys(remoteOrders) as readonly OrderName[];

export const orderName = ({ orderBy, orderDir }: RemoteOrder): OrderName =>
  orderNames.find((name) => remoteOrders[name].order.orderBy === orderBy && remoteOrders[name].order.orderDir === orderDir) ?? 'newest';

/** When the host says a row came: in the person's own zone if that can be known, else the host's words as they are. */
export const remoteTime = ({ hostTime, hostTimeZoneKnown }: Pick<RemoteItem, 'hostTime' | 'hostTimeZoneKnown'>, { t, timeLong }: Pick<Text, 't' | 'timeLong'>): string => {
  if (hostTime === null) return t('remoteTimeNotStated');
  const at = hostTimeZoneKnown ? Date.parse(hostTime) : Number.NaN;
  return Number.isNaN(at) ? hostTime : timeLong(at);
};

/** The same as short as a tile needs it: the day, with the time of day where it was today. */
export const remoteTimeShort = ({ hostTime, hostTimeZoneKnown }: Pick<RemoteItem, 'hostTime' | 'hostTimeZoneKnown'>, { t, time }: Pick<Text, 't' | 'time'>): string => {
  if (hostTime === null) return t('remoteTimeNotStated');
  const at = hostTimeZoneKnown ? Date.parse(hostTime) : Number.NaN;
  return Number.isNaN(at) ? hostTime : time(at);
};

/** What the host says of a row in one line: size and dimensions, as far as it says them. */
export const remoteFacts = (item: RemoteItem, { t, bytes }: Pick<Text, 't' | 'bytes'>): string => {
  const size = item.bytes === null ? t('remoteSizeNotStated') : bytes(item.bytes);
  return item.width === null || item.height === null ? size : `${size} · ${item.width} × ${item.height}`;
};
