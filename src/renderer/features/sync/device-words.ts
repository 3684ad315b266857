import type { SyncVersionRow } from '../../../shared/model/sync';
import type { Text } from '../../stores/text';

const SILENT_MS = 30 * 86_400_000;
/** The host's label has no zone: it may be off by as much. */
const ZONES_MS = 14 * 3_600_000;

/** Whether a device was last seen more than a month ago, whatever the zone of the host's label is. */
export const isSilent = (label: string | null, now: number): boolean => {
  const at = label === null ? NaN : Date.parse(label.replace(' ', 'T'));
  return now - at > SILENT_MS + ZONES_MS;
};

export const shortId = (id: string): string => id.slice(0, 8);

/** Who made a version, by the best name that is known. */
export const makerWords = ({ isThisDevice, deviceName, deviceId }: Pick<SyncVersionRow, 'isThisDevice' | 'deviceName' | 'deviceId'>, { t }: Pick<Text, 't'>): string =>
  isThisDevice ? t('syncThisDevice') : (deviceName ?? (deviceId === null ? t('syncUnknownDevice') : t('syncDeviceId', { id: shortId(deviceId) })));
