import { useState } from 'react';
import { joinLinks, linkIn, linkOf, type LinkSubject } from '../../../shared/links';
import type { AccountLinks, LinkSeparator } from '../../../shared/model/settings';
import { useText, type TextKey } from '../../stores/text';
import { useAccounts, useSettings } from '../../stores/use-app';
import { Field, Switch } from '../../ui/field';
import { Select } from '../../ui/select';
import { FormatFields, Preview } from './format-fields';
import { SettingsGroup } from './settings-group';
import { useChange } from './use-change';

/** No account's id. */
const ALL = '';

const sample = (kind: 'image' | 'video', account: { readonly id: string; readonly name: string }): LinkSubject => ({
  url: `https://pic.example.com/ferry.${kind === 'image' ? 'png' : 'mp4'}`,
  name: kind === 'image' ? 'Ferry at dawn.png' : 'Ferry leaving.mp4',
  kind,
  width: 1920,
  height: 1080,
  accountId: account.id,
  accountName: account.name,
  album: 'Harbour',
  sha256: '4f1c0a6d3b7e95828d2a6c51f0e3b97446a8d1c2e5f70b9381acde4756f2b013',
  uploadedAt: Date.UTC(2026, 10, 22, 8, 30),
});

type FormatsProps = {
  readonly links: AccountLinks;
  readonly account: { readonly id: string; readonly name: string };
  readonly onChange: (part: Partial<AccountLinks>) => void;
};

/** The formats of pictures and videos, of all accounts or of one. */
const Formats = ({ links, account, onChange }: FormatsProps) => {
  const encodeLinks = useSettings((settings) => settings.encodeLinks);
  const preview = (kind: 'image' | 'video', part: Partial<AccountLinks>): string => linkOf(sample(kind, account), { ...links, ...part, accountLinks: {}, encodeLinks });
  return (
    <>
      <FormatFields
        kind="image"
        format={links.linkFormat}
        template={links.customTemplate}
        preview={(customTemplate) => preview('image', { customTemplate })}
        onFormat={(linkFormat) => onChange({ linkFormat })}
        onTemplate={(customTemplate) => onChange({ customTemplate })}
      />
      <FormatFields
        kind="video"
        format={links.videoFormat}
        template={links.customVideoTemplate}
        preview={(customVideoTemplate) => preview('video', { customVideoTemplate })}
        onFormat={(videoFormat) => onChange({ videoFormat })}
        onTemplate={(customVideoTemplate) => onChange({ customVideoTemplate })}
      />
    </>
  );
};

const separators: Readonly<Record<LinkSeparator, TextKey>> = {
  line: 'linksSeparator_line',
  'blank-line': 'linksSeparator_blankLine',
  space: 'linksSeparator_space',
  comma: 'linksSeparator_comma',
};

/** What holds for all accounts: what stands between links, and how addresses are written. */
const Common = () => {
  const { t } = useText();
  const change = useChange();
  const settings = useSettings((all) => all);
  const two = [sample('image', { id: ALL, name: 'blog' }), sample('video', { id: ALL, name: 'blog' })] as const;
  return (
    <>
      <SettingsGroup title={t('linksMany')}>
        <Field label={t('linksSeparator')}>
          <Select
            className="w-48"
            label={t('linksSeparator')}
            value={settings.linkSeparator}
            onChange={(linkSeparator) => void change({ linkSeparator })}
            options={(Object.keys(separators) as LinkSeparator[]).map((value) => ({ value, label: t(separators[value]) }))}
          />
        </Field>
        <Preview text={joinLinks(two, settings)} />
      </SettingsGroup>
      <SettingsGroup title={t('linksAddresses')}>
        <Switch label={t('linksEncode')} help={t('linksEncodeHelp')} checked={settings.encodeLinks} onChange={(encodeLinks) => void change({ encodeLinks })} />
        <Preview text={linkIn({ ...two[0], url: 'https://pic.example.com/渡 (1).png' }, 'url', settings)} />
      </SettingsGroup>
    </>
  );
};

export const LinksSection = () => {
  const text = useText();
  const { t } = text;
  const change = useChange();
  const settings = useSettings((all) => all);
  const accounts = useAccounts();
  const [chosen, setChosen] = useState(ALL);
  const account = accounts.find(({ id }) => id === chosen);
  const { linkFormat, customTemplate, videoFormat, customVideoTemplate, accountLinks } = settings;
  const common: AccountLinks = { linkFormat, customTemplate, videoFormat, customVideoTemplate };
  const own = account === undefined ? undefined : accountLinks[account.id];
  const { [account?.id ?? ALL]: _own, ...others } = accountLinks;
  const named = (name: string): string => text.account(name);
  return (
    <>
      <Field label={t('linksFor')}>
        <Select
          className="w-60 max-w-full"
          label={t('linksFor')}
          value={account?.id ?? ALL}
          onChange={setChosen}
          options={[{ value: ALL, label: t('linksForAll') }, ...accounts.map(({ id, name }) => ({ value: id, label: named(name) }))]}
        />
      </Field>
      <div className="mt-4">
        {account === undefined ? (
          <>
            <Formats links={common} account={{ id: ALL, name: 'blog' }} onChange={(part) => void change(part)} />
            <Common />
          </>
        ) : (
          <>
            <div className="max-w-110 pb-4">
              <Switch
                label={t('linksOwn')}
                help={t('linksOwnHelp', { name: named(account.name) })}
                checked={own !== undefined}
                onChange={(on) => void change({ accountLinks: on ? { ...others, [account.id]: common } : others })}
              />
            </div>
            {own === undefined ? null : (
              <Formats
                key={account.id}
                links={own}
                account={{ id: account.id, name: named(account.name) }}
                onChange={(part) => void change({ accountLinks: { ...others, [account.id]: { ...own, ...part } } })}
              />
            )}
          </>
        )}
      </div>
    </>
  );
};
