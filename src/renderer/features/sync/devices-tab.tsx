import clsx from 'clsx';
import { EyeOff, Monitor, MonitorSmartphone, PencilLine } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { SyncDeviceRow, SyncDocument } from '../../../shared/model/sync';
import { useSay } from '../../stores/said';
import { useText } from '../../stores/text';
import { useAttempt } from '../../stores/use-actions';
import { useApp, useSync } from '../../stores/use-app';
import { Badge, Busy } from '../../ui/bits';
import { Button } from '../../ui/button';
import { Field, Input } from '../../ui/field';
import { FormDialog } from '../../ui/form-dialog';
import { AwayNote, isAway } from './away-note';
import { ReadFailed } from './read-failed';
import { isSilent, shortId } from './device-words';
import { useMinute } from './use-minute';
import { useRead } from './use-read';

const platforms: Readonly<Record<string, string>> = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' };

const RenameDialog = ({ name, onClose }: { readonly name: string; readonly onClose: () => void }) => {
  const { t } = useText();
  const attempt = useAttempt();
  const say = useSay();
  const [typed, setTyped] = useState(name);
  const next = typed.trim();
  const rename = async (): Promise<void> => {
    if (next !== name) {
      if (!(await attempt('sync:rename-device', { name: next }))) return;
      say({ title: { key: 'syncDeviceRenamed', params: { name: next } } });
    }
    onClose();
  };
  return (
    <FormDialog title={t('syncDeviceRenameTitle')} closeLabel={t('close')} cancelLabel={t('cancel')} submitLabel={t('syncDeviceRenameConfirm')} ready={next !== ''} onSubmit={() => void rename()} onClose={onClose}>
      <Field label={t('syncDeviceName')} help={t('syncDeviceRenameHelp')}>
        <Input value={typed} onChange={setTyped} maxLength={80} autoFocus />
      </Field>
    </FormDialog>
  );
};

type RowProps = { readonly device: SyncDeviceRow; readonly document: SyncDocument; readonly onRename: () => void; readonly onForget: (forgotten: boolean) => void };

const DeviceRow = ({ device, document, onRename, onForget }: RowProps) => {
  const { t, moment } = useText();
  const { info } = useApp();
  const own = useSync((view) => view.device);
  const now = useMinute();
  const silent = !device.isThis && isSilent(device.lastSync, now);
  const file = device.files.find((one) => one.fileKey === document.fileKey);
  // Of itself this device knows it, whatever the host says.
  const lastSync = (device.isThis ? document.lastSync : null) ?? device.lastSync;
  const name = (device.isThis ? own.name : device.name) ?? t('syncUnknownDevice');
  const Icon = device.isThis ? Monitor : MonitorSmartphone;
  const facts = [
    device.isThis ? (platforms[info.platform] ?? info.platform) : null,
    t('syncDeviceId', { id: shortId(device.deviceId) }),
    lastSync === null ? t('syncDeviceLastUnknown') : t('syncDeviceLast', { time: moment(lastSync) }),
    silent ? t('syncDeviceStale') : null,
  ].filter((fact) => fact !== null);
  return (
    <li className="flex min-h-14 flex-wrap items-center gap-x-3 gap-y-1.5 border-t border-line px-4 py-2.5 first:border-t-0">
      <Icon size={18} strokeWidth={1.5} aria-hidden className="shrink-0 text-text-2" />
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex min-w-0 items-center gap-2">
          <span className={clsx('truncate', silent ? 'text-text-2' : 'font-medium')}>{name}</span>
          {device.isThis ? <Badge tone="accent">{t('syncThisDevice')}</Badge> : null}
        </p>
        <p className="num said text-small text-text-2">
          {facts.map((fact, index) => (
            <span key={fact} className="inline-block">
              {fact}
              {index === facts.length - 1 ? null : <span aria-hidden className="whitespace-pre">{' · '}</span>}
            </span>
          ))}
        </p>
      </div>
      {file === undefined || file.behind === null ? null : <Badge tone={file.behind === 0 ? 'ok' : 'neutral'}>{file.behind === 0 ? t('syncDeviceCurrent') : t('syncDeviceBehind', { count: file.behind })}</Badge>}
      {device.isThis ? (
        <Button size="s" icon={<PencilLine size={14} aria-hidden />} onClick={onRename}>
          {t('syncDeviceRename')}
        </Button>
      ) : (
        <Button size="s" look="quiet" icon={<EyeOff size={14} aria-hidden />} onClick={() => onForget(!device.forgotten)} aria-label={`${t(device.forgotten ? 'syncDeviceShow' : 'syncDeviceForget')}: ${name}`}>
          {t(device.forgotten ? 'syncDeviceShow' : 'syncDeviceForget')}
        </Button>
      )}
    </li>
  );
};

/** What this device knows of itself while nobody else can be asked. */
const itself = (deviceId: string, { fileKey, version, newer }: SyncDocument): SyncDeviceRow => ({
  deviceId,
  name: null,
  lastSync: null,
  isThis: true,
  forgotten: false,
  files: version === null ? [] : [{ fileKey, version, behind: newer === null ? null : newer - version }],
});

/** The devices that sync a document: this one first, then the others, as the host tells. */
export const DevicesTab = ({ document }: { readonly document: SyncDocument }) => {
  const { t } = useText();
  const attempt = useAttempt();
  const say = useSay();
  const own = useSync((view) => view.device);
  const { account, fileKey } = document;
  const { read, again } = useRead('sync:devices', { account, fileKey }, `${String(document.lastSync)} ${own.name}`);
  const [renaming, setRenaming] = useState(false);
  const region = useRef<HTMLDivElement>(null);
  const moves = useRef(false);
  // The row goes to another list, and its button with it.
  useEffect(() => {
    if (!moves.current || read.at !== 'read') return;
    moves.current = false;
    if (window.document.activeElement === window.document.body) region.current?.focus({ preventScroll: true });
  }, [read]);
  const forget = async (device: SyncDeviceRow, forgotten: boolean): Promise<void> => {
    if (!(await attempt('sync:forget-device', { account, deviceId: device.deviceId, forgotten }))) return;
    moves.current = true;
    again();
    if (forgotten) say({ title: { key: 'syncDeviceForgot', params: { name: device.name ?? shortId(device.deviceId) } }, action: { label: { key: 'syncDeviceForgotUndo' }, onPress: () => void forget(device, false) } });
  };
  if (read.at === 'reading')
    return (
      <div className="late p-6">
        <Busy text={t('syncDevicesReading')} />
      </div>
    );
  if (read.at === 'failed' && !isAway(read.problem)) return <ReadFailed before={t('syncDevicesFailed')} problem={read.problem} onAgain={again} />;
  const away = read.at === 'failed';
  const { devices, source } = read.at === 'read' ? read.value : (read.last ?? { source: 'host', devices: [itself(own.id, document)] });
  const hidden = devices.filter(({ forgotten }) => forgotten);
  const list = (shown: readonly SyncDeviceRow[], label: string) => (
    <ul aria-label={label} className="rounded-m border border-line bg-surface">
      {shown.map((device) => (
        <DeviceRow key={device.deviceId} device={device} document={document} onRename={() => setRenaming(true)} onForget={(forgotten) => void forget(device, forgotten)} />
      ))}
    </ul>
  );
  return (
    <div ref={region} role="region" aria-label={t('syncTabDevices')} tabIndex={0} className="h-full overflow-y-auto focus-visible:-outline-offset-2">
      <div className="mx-auto flex max-w-200 flex-col gap-3 p-4">
        {away ? (
          <AwayNote onAgain={again}>{t('syncDevicesAway')}</AwayNote>
        ) : (
          <p className="text-text-2">{t(devices.length === 0 ? 'syncDevicesNone' : source === 'host' ? 'syncDevicesText' : 'syncDevicesHistory')}</p>
        )}
        {devices.length === 0 ? null : list(devices.filter(({ forgotten }) => !forgotten), t('syncDevicesList'))}
        {hidden.length === 0 ? null : (
          <details>
            <summary className="rounded-s px-1 py-1 text-small text-text-2">{t('syncDeviceHidden', { count: hidden.length })}</summary>
            <div className="mt-2">{list(hidden, t('syncDeviceHidden', { count: hidden.length }))}</div>
          </details>
        )}
      </div>
      {renaming ? <RenameDialog name={own.name} onClose={() => setRenaming(false)} /> : null}
    </div>
  );
};
