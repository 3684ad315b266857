import { Copy, MoreHorizontal, Pencil, Plus, Trash2 } from 'lucide-react';
import { useRef } from 'react';
import type { PreparationProfile } from '../../../shared/model/preparation';
import { BUILT_IN, newProfile, profilesOf } from '../../../shared/model/preparation-profiles';
import { checkNameTemplate } from '../../../shared/templates/name-template';
import { freeName, profileName, profileText } from '../../stores/profile-words';
import { useText } from '../../stores/text';
import { useSettings } from '../../stores/use-app';
import { Badge } from '../../ui/bits';
import { Button, IconButton } from '../../ui/button';
import { Menu, type MenuEntry } from '../../ui/menu';
import { SettingsGroup } from './settings-group';
import { useProfiles } from './use-profiles';

const small = { size: 14, 'aria-hidden': true } as const;
const fixed = ({ id }: PreparationProfile): boolean => BUILT_IN.some((profile) => profile.id === id);

type Opening = { readonly onOpen: (id: string) => void; /** Opens one that was just made. */ readonly onMade: (id: string) => void };
type ProfileRowProps = Opening & { readonly profile: PreparationProfile; readonly inUse: boolean; readonly onGone: () => void };

const ProfileRow = ({ profile, inUse, onOpen, onMade, onGone }: ProfileRowProps) => {
  const text = useText();
  const { t } = text;
  const profiles = useProfiles();
  const name = profileName(profile, text);
  const fault = checkNameTemplate(profile.naming.template);
  const duplicate: MenuEntry = { label: t('profileDuplicate'), icon: <Copy {...small} />, onSelect: () => void profiles.duplicate(profile).then((id) => (id === null ? undefined : onMade(id))) };
  const remove: MenuEntry = {
    label: t('profileDelete'),
    icon: <Trash2 {...small} />,
    danger: true,
    onSelect: () => {
      void profiles.remove(profile);
      onGone();
    },
  };
  return (
    <li className="flex items-start gap-2 border-b border-line py-2 pl-3 pr-1.5 last:border-b-0">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="min-w-0 truncate font-medium" title={name}>
            {name}
          </span>
          {inUse ? <Badge tone="accent">{t('profileInUse')}</Badge> : null}
        </p>
        <p className="said text-small text-text-2">{profileText(profile, text)}</p>
        {fault === null ? null : <p className="said text-small text-danger">{t('profileBadNames', { text: fault.text })}</p>}
      </div>
      <Button size="s" look="quiet" icon={fixed(profile) ? undefined : <Pencil {...small} />} aria-label={t(fixed(profile) ? 'profileShowOf' : 'profileEditOf', { name })} onClick={() => onOpen(profile.id)}>
        {t(fixed(profile) ? 'profileShow' : 'profileEdit')}
      </Button>
      <Menu
        entries={fixed(profile) ? [duplicate] : [duplicate, { kind: 'separator' }, remove]}
        trigger={
          <IconButton size="s" label={t('profileMore', { name })}>
            <MoreHorizontal {...small} />
          </IconButton>
        }
      />
    </li>
  );
};

/** Every profile with what it does. */
export const ProfilesGroup = ({ onOpen, onMade }: Opening) => {
  const text = useText();
  const { t } = text;
  const preparation = useSettings((settings) => settings.preparation);
  const profiles = useProfiles();
  const add = useRef<HTMLDivElement>(null);
  const create = async (): Promise<void> => {
    const name = freeName(t('profileNewName'), profilesOf(preparation).map((profile) => profileName(profile, text)));
    const id = await profiles.add((fresh) => newProfile(fresh, name));
    if (id !== null) onMade(id);
  };
  return (
    <SettingsGroup title={t('profilesTitle')} help={t('profilesHelp')}>
      <ul className="rounded-s border border-line">
        {profilesOf(preparation).map((profile) => (
          <ProfileRow key={profile.id} profile={profile} inUse={profile.id === preparation.defaultProfile} onOpen={onOpen} onMade={onMade} onGone={() => add.current?.querySelector('button')?.focus()} />
        ))}
      </ul>
      <div ref={add}>
        <Button icon={<Plus {...small} />} onClick={() => void create()}>
          {t('profileNew')}
        </Button>
      </div>
    </SettingsGroup>
  );
};
