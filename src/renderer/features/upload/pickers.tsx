import { ChevronDown, CircleHelp } from 'lucide-react';
import { useState } from 'react';
import type { Account } from '../../../shared/model/account';
import { withChosen } from '../../stores/album-lists';
import { formatNames } from '../../stores/format-names';
import { linkFormats } from '../../stores/link-text';
import { useText } from '../../stores/text';
import { useActions, useCall } from '../../stores/use-actions';
import { useAccountInUse, useAccounts, useApp, useSettings } from '../../stores/use-app';
import { Dot } from '../../ui/bits';
import { Select } from '../../ui/select';
import { AlbumDialog, takesAlbums, useAlbumName } from './album-dialog';

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

const AlbumButton = ({ account }: { readonly account: Account }) => {
  const { t } = useText();
  const { settings } = useApp();
  const { setSettings } = useActions();
  const album = useSettings(({ chosenAlbums }) => chosenAlbums[account.id] ?? '');
  const name = useAlbumName(account.id, album);
  const [open, setOpen] = useState(false);
  const shown = album === '' ? t('uploadAlbumNone') : name;
  const unverified = album !== '' && !account.capabilities.albums;
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-label={`${t('uploadAlbum')}: ${shown}${unverified ? `, ${t('uploadAlbumUnverified')}` : ''}`}
        title={unverified ? t('uploadAlbumCannotCheck') : shown}
        onClick={() => setOpen(true)}
        className="inline-flex h-8 min-w-0 max-w-56 items-center gap-1.5 rounded-s border border-line bg-surface px-2.5 text-left text-body transition-colors duration-100 hover:bg-hover"
      >
        <span className="shrink-0 text-text-2">{t('uploadAlbum')}</span>
        <span className="min-w-0 flex-1 truncate">{shown}</span>
        {unverified ? <CircleHelp size={14} aria-hidden className="shrink-0 text-warn" /> : null}
        <ChevronDown size={14} aria-hidden className="shrink-0 text-text-2" />
      </button>
      {open ? (
        <AlbumDialog
          account={account}
          albumId={album}
          onClose={() => setOpen(false)}
          onChoose={(id) => {
            setOpen(false);
            void setSettings({ chosenAlbums: withChosen(settings.getState().state.chosenAlbums, account.id, id) });
          }}
        />
      ) : null}
    </>
  );
};

/** The album for new uploads, remembered per account; nothing where the host has no albums. */
export const AlbumPicker = () => {
  const account = useAccountInUse();
  return account === undefined || !takesAlbums(account) ? null : <AlbumButton key={account.id} account={account} />;
};
