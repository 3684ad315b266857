import { useState } from 'react';
import { useText } from '../../stores/text';
import { useSettings } from '../../stores/use-app';
import { Button } from '../../ui/button';
import { Field, Input } from '../../ui/field';
import { Select } from '../../ui/select';
import { SettingsGroup } from './settings-group';
import { useChange } from './use-change';

const PROXY = /^(https?|socks5?h?):\/\/[^\s/@]+:\d{1,5}\/?$/i;

const ManualProxy = () => {
  const { t } = useText();
  const change = useChange();
  const proxy = useSettings((all) => all.proxy);
  const [url, setUrl] = useState(proxy.url);
  const [username, setUsername] = useState(proxy.username);
  const [password, setPassword] = useState('');
  const fits = PROXY.test(url.trim());
  const apply = async (secret: string | undefined): Promise<void> => {
    const kept = await change({ proxy: { mode: 'manual', url: url.trim(), username: username.trim(), ...(secret === undefined ? {} : { password: secret }) } });
    if (kept) setPassword('');
  };
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (fits) void apply(password === '' ? undefined : password);
      }}
    >
      <Field label={t('networkAddress')} help={t('networkAddressHelp')} error={url.trim() === '' || fits ? null : t('networkAddressBad')}>
        <Input value={url} onChange={setUrl} inputMode="url" />
      </Field>
      <Field label={t('networkUser')} optional={t('formOptional')}>
        <Input value={username} onChange={setUsername} />
      </Field>
      <Field label={t('networkPassword')} optional={t('formOptional')} {...(proxy.passwordSet ? { help: t('networkPasswordSet') } : {})}>
        <Input type="password" value={password} onChange={setPassword} />
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" disabled={!fits}>
          {t('networkApply')}
        </Button>
        {proxy.passwordSet ? <Button onClick={() => void apply('')}>{t('networkPasswordRemove')}</Button> : null}
      </div>
    </form>
  );
};

export const NetworkSection = () => {
  const { t } = useText();
  const change = useChange();
  const proxy = useSettings((all) => all.proxy);
  const [mode, setMode] = useState(proxy.mode);
  return (
    <SettingsGroup title={t('networkProxy')} help={t('networkProxyHelp')}>
      <Select
        className="w-48"
        label={t('networkProxy')}
        value={mode}
        options={[
          { value: 'system', label: t('networkSystem') },
          { value: 'manual', label: t('networkManual') },
          { value: 'none', label: t('networkNone') },
        ]}
        onChange={(next) => {
          setMode(next);
          // A manual proxy counts only once its address is typed and applied.
          if (next !== 'manual') void change({ proxy: { mode: next, url: proxy.url, username: proxy.username } });
        }}
      />
      {mode === 'manual' ? <ManualProxy /> : null}
    </SettingsGroup>
  );
};
