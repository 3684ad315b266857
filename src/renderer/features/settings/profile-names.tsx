import { useEffect, useState } from 'react';
import { COLLISION_CHOICES, SLUG_CHOICES } from '../../../shared/model/preparation-choices';
import { useText } from '../../stores/text';
import { Field, Input, Switch } from '../../ui/field';
import { Select } from '../../ui/select';
import type { PartProps } from './profile-part';
import { SettingsGroup } from './settings-group';

export const ProfileNames = ({ profile: { naming }, onChange }: PartProps) => {
  const { t } = useText();
  const set = (part: Partial<typeof naming>): void => onChange({ naming: { ...naming, ...part } });
  const [draft, setDraft] = useState(naming.template);
  useEffect(() => setDraft(naming.template), [naming.template]);
  const keep = (): void => {
    if (draft !== naming.template) set({ template: draft });
  };
  return (
    <SettingsGroup title={t('partNames')}>
      <Field label={t('partNamesTemplate')} help={t('partNamesTemplateHelp')}>
        <Input
          className="font-mono"
          value={draft}
          maxLength={500}
          onChange={setDraft}
          onBlur={keep}
          onKeyDown={(event) => {
            if (event.key === 'Enter') keep();
          }}
        />
      </Field>
      <Field label={t('partNamesSlug')}>
        <Select className="w-72 max-w-full" label={t('partNamesSlug')} value={naming.slug} options={SLUG_CHOICES.map((value) => ({ value, label: t(`slug_${value}`) }))} onChange={(slug) => set({ slug })} />
      </Field>
      <Switch label={t('partNamesLower')} checked={naming.lowerCase} onChange={(lowerCase) => set({ lowerCase })} />
      <Field label={t('partNamesCollision')}>
        <Select className="w-72 max-w-full" label={t('partNamesCollision')} value={naming.collision} options={COLLISION_CHOICES.map((value) => ({ value, label: t(`collision_${value}`) }))} onChange={(collision) => set({ collision })} />
      </Field>
    </SettingsGroup>
  );
};
