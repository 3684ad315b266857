import { useEffect, useState } from 'react';
import { checkTemplate, placeholders, type Placeholder, type TemplateProblem } from '../../../shared/links';
import type { LinkFormat } from '../../../shared/model/settings';
import { formatNames } from '../../stores/format-names';
import { linkFormats } from '../../stores/link-text';
import { useText, type Text } from '../../stores/text';
import { Field, TextArea } from '../../ui/field';
import { Select } from '../../ui/select';
import { SettingsGroup } from './settings-group';
import { braced, faultText, TemplateWords, useInsert } from './template-words';

/** The sentence for a template that cannot be used. */
const problemText = ({ type, text, near }: TemplateProblem, t: Text['t']): string => {
  if (type === 'dollar-words') return t('linksDollarWords', { text, near: braced(near ?? '') });
  return type === 'no-url' ? t('linksNoUrl', { text: braced('url') }) : faultText({ type, text, near }, 'linksBadLength', t);
};

type TemplateFieldProps = {
  readonly draft: string;
  readonly problem: TemplateProblem | null;
  readonly onDraft: (draft: string) => void;
  readonly onDone: (draft: string) => void;
};

const TemplateField = ({ draft, problem, onDraft, onDone }: TemplateFieldProps) => {
  const { t } = useText();
  const { box, insert } = useInsert(draft, (next) => {
    onDraft(next);
    onDone(next);
  });
  return (
    <div ref={box} className="flex flex-col gap-2">
      <Field label={t('linksTemplate')} error={problem === null ? null : problemText(problem, t)} help={problem === null ? undefined : t('linksNotKept')}>
        <TextArea value={draft} onChange={onDraft} onBlur={() => onDone(draft)} maxLength={2000} />
      </Field>
      <TemplateWords<Placeholder> label={t('linksWords')} names={placeholders} meaning={(name) => t(`linksWord_${name}`)} onInsert={insert} />
    </div>
  );
};

type FormatFieldsProps = {
  readonly kind: 'image' | 'video';
  readonly format: LinkFormat;
  readonly template: string;
  readonly preview: (template: string) => string;
  readonly onFormat: (format: LinkFormat) => void;
  readonly onTemplate: (template: string) => void;
};

/** A format with its template, and what a link looks like while it is typed. A template that is no link is not kept. */
export const FormatFields = ({ kind, format, template, preview, onFormat, onTemplate }: FormatFieldsProps) => {
  const { t } = useText();
  const [draft, setDraft] = useState(template);
  useEffect(() => setDraft(template), [template]);
  const label = t(kind === 'image' ? 'linksFormat' : 'linksVideoFormat');
  const done = (typed: string): void => {
    if (checkTemplate(typed) === null && typed !== template) onTemplate(typed);
  };
  return (
    <SettingsGroup title={label} {...(kind === 'video' ? { help: t('linksVideoHelp') } : {})}>
      <Select className="w-48" label={label} value={format} onChange={onFormat} options={linkFormats.map((value) => ({ value, label: t(formatNames[value]) }))} />
      {format === 'custom' ? <TemplateField draft={draft} problem={checkTemplate(draft)} onDraft={setDraft} onDone={done} /> : null}
      <Preview text={preview(draft)} />
    </SettingsGroup>
  );
};

/** What links look like. */
export const Preview = ({ text }: { readonly text: string }) => {
  const { t } = useText();
  return (
    <div>
      <div className="text-small text-text-2">{t('linksPreview')}</div>
      <output className="said mt-1 block whitespace-pre-wrap rounded-s border border-line bg-sunken px-2.5 py-1.5 font-mono select-text">{text}</output>
    </div>
  );
};
