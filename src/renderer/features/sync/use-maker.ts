import type { SyncName } from '../../../shared/model/sync';
import { useText } from '../../stores/text';
import { shortId } from './device-words';
import { useRead } from './use-read';

/** What the device that made the host's version is called, by the best name that is known; null where nobody says which one it was. */
export const useMaker = ({ account, fileKey }: SyncName, deviceId: string | null): string | null => {
  const { t } = useText();
  const { read } = useRead('sync:devices', { account, fileKey });
  if (deviceId === null) return null;
  const known = read.at === 'read' ? read.value.devices.find((one) => one.deviceId === deviceId) : undefined;
  return known?.isThis === true ? t('syncThisDevice') : (known?.name ?? t('syncDeviceId', { id: shortId(deviceId) }));
};
