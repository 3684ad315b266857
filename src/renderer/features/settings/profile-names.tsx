import { useEffect, useState } from 'react';
import type { Naming, PreparationProfile } from '../../../shared/model/preparation';
import { BOUNDS, COLLISION_CHOICES, SLUG_CHOICES } from '../../../shared/model/preparation-choices';
import { asksFor, checkNameTemplate, namePlaceholders, type NamePlaceholder } from '../../../shared/templates/name-template';
import { useText } from '../../stores/text';
import { useAttempt, useCall } from '../../stores/use-actions';
import { Field, Input, Switch } from '../../ui/field';
import { Select } from '../../ui/select';
import { BoundedNumber } from './bounded-number';
import type { PartProps } from './profile-part';
import { SettingsGroup } from './settings-group';
import { braced, faultText, TemplateWords, useInsert } from './template-words';

const EXAMPLES = { en: 'IMG 2034 (Harbour).JPG', 'zh-CN': 'IMG 2034（清晨的港口）.JPG' } as const;

/** What a file would be called, as main says. */
const useExample = (profile: PreparationProfile): string => {
  const { language } = useText();
  const call = useCall();
  const [example, setExample] = useState('');
  const key = JSON.stringify(profile);
  useEffect(() => {
    let left = false;
    void call('preparation:example-name', { profile: JSON.parse(key) as PreparationProfile, name: EXAMPLES[language] }).then((answer) => {
      if (!left && answer !== undefined) setExample(answer.name);
    });
    return () => {
      left = true;
    };
  }, [call, key, language]);
  return example;
};

/** What the profile's count has come to, to be set. */
const NextNumber = ({ profileId }: { readonly profileId: string }) => {
  const { t } = useText();
  const call = useCall();
  const attempt = useAttempt();
  const [next, setNext] = useState<number | null>(null);
  useEffect(() => {
    let left = false;
    void call('preparation:next-number', { profile: profileId }).then((answer) => {
      if (!left && answer !== undefined) setNext(answer.next);
    });
    return () => {
      left = true;
    };
  }, [call, profileId]);
  const set = (value: number): void => {
    void attempt('preparation:set-next-number', { profile: profileId, next: value }).then((worked) => {
      if (worked) setNext(value);
    });
  };
  return next === null ? null : <BoundedNumber label={t('namesNext')} help={t('namesNextHelp')} bounds={BOUNDS.counter} value={next} onChange={set} />;
};

export const ProfileNames = ({ profile, onChange }: PartProps) => {
  const { naming } = profile;
  const { t, language } = useText();
  const set = (part: Partial<Naming>): void => onChange({ naming: { ...naming, ...part } });
  const [draft, setDraft] = useState(naming.template);
  useEffect(() => setDraft(naming.template), [naming.template]);
  const problem = checkNameTemplate(draft);
  const kept = checkNameTemplate(naming.template);
  const keep = (typed: string): void => {
    if (typed !== naming.template && checkNameTemplate(typed) === null) set({ template: typed });
  };
  const { box, insert } = useInsert(draft, (next) => {
    setDraft(next);
    keep(next);
  });
  const example = useExample(problem === null ? { ...profile, naming: { ...naming, template: draft } } : profile);
  return (
    <SettingsGroup title={t('partNames')}>
      <div ref={box} className="flex flex-col gap-2">
        <Field label={t('partNamesTemplate')} error={problem === null ? null : faultText(problem, 'namesBadLength', t)} help={t(problem === null ? 'partNamesTemplateHelp' : kept === null ? 'namesNotKept' : 'namesNothingSent')}>
          <Input
            type="text"
            className="font-mono"
            value={draft}
            maxLength={500}
            placeholder={braced('name')}
            onChange={setDraft}
            onBlur={() => keep(draft)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') keep(draft);
            }}
          />
        </Field>
        <TemplateWords<NamePlaceholder> label={t('namesWords')} names={namePlaceholders} meaning={(name) => t(`namesWord_${name}`)} onInsert={insert} />
      </div>
      <div>
        <div className="text-small text-text-2">{t('partNamesPreview')}</div>
        <output className="said mt-1 block rounded-s border border-line bg-sunken px-2.5 py-1.5 font-mono select-text">
          {EXAMPLES[language]} → {problem === null || kept === null ? example : '–'}
        </output>
      </div>
      {asksFor(naming.template, 'counter') ? <NextNumber profileId={profile.id} /> : null}
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
