import { useEffect, useState } from 'react';
import type { Account, Album } from '../../../shared/model/account';
import { CallFailure } from '../../bridge';
import { formatNames } from '../../stores/format-names';
import { linkFormats } from '../../stores/link-text';
import { useText } from '../../stores/text';
import { useActions, useCall } from '../../stores/use-actions';
import { useAccountInUse, useAccounts, useApp, useSettings, useUi } from '../../stores/use-app';
import { Dot } from '../../ui/bits';
import { Input } from '../../ui/field';
import { Select } from '../../ui/select';
import { Tooltip } from '../../ui/tooltip';

/** Which account new uploads go to. The same choice as at the foot of the rail. */
export const AccountPicker = () => {
  const { t, account: nameOf } = useText();
  const accounts = useAccounts();
  const inUse = useAccountInUse();
  const call = useCall();
  if (inUse === undefined) return null;
  return (
    <Select
      label={t('uploadAccount')}
      value={inUse.id}
      className="max-w-56"
      lead={<Dot tone={inUse.paused === null ? 'ok' : 'warn'} />}
      options={accounts.map((account) => ({
        value: account.id,
        label: nameOf(account.name),
        note: account.onlyThisComputer ? t('onlyHere') : account.capabilities.video ? account.url : `${account.url} · ${t('uploadVideoOff')}`,
      }))}
      onChange={(id) => void call('accounts:set-default', { id })}
    />
  );
};

/** The format that links are copied in. */
export const FormatPicker = () => {
  const { t } = useText();
  const format = useSettings((settings) => settings.linkFormat);
  const { setSettings } = useActions();
  return (
    <Select
      label={t('uploadFormat')}
      value={format}
      lead={<span className="text-text-2">{t('uploadFormat')}</span>}
      options={linkFormats.map((one) => ({ value: one, label: t(formatNames[one]) }))}
      onChange={(linkFormat) => void setSettings({ linkFormat })}
    />
  );
};

const AlbumList = ({ account, album, onChange }: { readonly account: Account; readonly album: string; readonly onChange: (id: string) => void }) => {
  const { t, problem } = useText();
  const { client } = useApp();
  const [albums, setAlbums] = useState<readonly Album[]>([]);
  const [failed, setFailed] = useState<string | null>(null);
  useEffect(() => {
    let left = false;
    const read = async (): Promise<void> => {
      try {
        const found = await client.call('accounts:albums', { id: account.id });
        if (left) return;
        setAlbums(found);
        setFailed(null);
      } catch (failure) {
        if (!(failure instanceof CallFailure)) throw failure;
        if (!left) setFailed(problem(failure.error.problem));
      }
    };
    void read();
    return () => {
      left = true;
    };
  }, [client, account.id, problem]);
  const known = albums.some((one) => one.id === album);
  const picker = (
    <Select
      label={t('uploadAlbum')}
      value={album}
      className="max-w-44"
      lead={<span className="text-text-2">{t('uploadAlbum')}</span>}
      options={[
        { value: '', label: t('uploadAlbumNone') },
        ...albums.map((one) => ({ value: one.id, label: one.name })),
        ...(album === '' || known ? [] : [{ value: album, label: album }]),
      ]}
      onChange={onChange}
    />
  );
  return failed === null ? (
    picker
  ) : (
    <Tooltip text={t('uploadAlbumsFailed', { text: failed })}>
      <span>{picker}</span>
    </Tooltip>
  );
};

/** The album for new uploads: chosen from the host's list, or typed where the host gives none. */
export const AlbumPicker = () => {
  const { t } = useText();
  const { ui } = useApp();
  const account = useAccountInUse();
  const album = useUi((state) => (account === undefined ? '' : (state.albums[account.id] ?? '')));
  if (account === undefined || !(account.capabilities.albums || account.capabilities.uploadIntoAlbum)) return null;
  const change = (id: string): void => ui.setState(({ albums }) => ({ albums: { ...albums, [account.id]: id.trim() } }));
  if (account.capabilities.albums) return <AlbumList account={account} album={album} onChange={change} />;
  return (
    <Tooltip text={t('uploadAlbumCannotCheck')} side="bottom">
      <span className="w-28">
        <Input value={album} onChange={change} placeholder={t('uploadAlbumId')} aria-label={t('uploadAlbumId')} aria-description={t('uploadAlbumCannotCheck')} />
      </span>
    </Tooltip>
  );
};
