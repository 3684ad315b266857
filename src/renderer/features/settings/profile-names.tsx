import { useEffect, useState } from 'react';
import { assertNever } from '../../../shared/assert-never';
import type { Naming, PreparationProfile } from '../../../shared/model/preparation';
import { COLLISION_CHOICES, SLUG_CHOICES } from '../../../shared/model/preparation-choices';
import { checkNameTemplate, namePlaceholders, type NamePlaceholder } from '../../../shared/templates/name-template';
import type { TemplateFault } from '../../../shared/templates/parse-template';
import { useText, type Text } from '../../stores/text';
import { useCall } from '../../stores/use-actions';
import { Field, Input, Switch } from '../../ui/field';
import { Select } from '../../ui/select';
import type { PartProps } from './profile-part';
import { SettingsGroup } from './settings-group';
import { braced, TemplateWords, useInsert } from './template-words';

const EXAMPLES = { en: 'IMG 2034 (Harbour).JPG', 'zh-CN': 'IMG 2034（清晨的港口）.JPG' } as const;

/** The sentence for a template that makes no name. */
const problemText = ({ type, text, near }: TemplateFault<NamePlaceholder>, t: Text['t']): string => {
  switch (type) {
    case 'unknown-placeholder':
      return near === null ? t('linksUnknownPlaceholder', { text }) : t('linksNearest', { text, near: braced(near) });
    case 'no-argument':
      return t('linksNoArgument', { text, near: braced(near ?? '') });
    case 'bad-date':
      return t('linksBadDate', { text });
    case 'bad-length':
      return t('namesBadLength', { text });
    case 'unclosed-brace':
      return t('linksUnclosedBrace');
    default:
      return assertNever(type);
  }
};

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

export const ProfileNames = ({ profile, onChange }: PartProps) => {
  const { naming } = profile;
  const { t, language } = useText();
  const set = (part: Partial<Naming>): void => onChange({ naming: { ...naming, ...part } });
  const [draft, setDraft] = useState(naming.template);
  useEffect(() => setDraft(naming.template), [naming.template]);
  const problem = checkNameTemplate(draft);
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
        <Field label={t('partNamesTemplate')} error={problem === null ? null : problemText(problem, t)} help={problem === null ? t('partNamesTemplateHelp') : t('namesNotKept')}>
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
          {EXAMPLES[language]} → {example}
        </output>
      </div>
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
