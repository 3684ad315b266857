import { useEffect, useState } from 'react';
import { checkTemplate, linkOf, placeholders, type LinkSettings, type LinkSubject, type TemplateProblem } from '../../../shared/links';
import { assertNever } from '../../../shared/assert-never';
import type { LinkFormat } from '../../../shared/model/settings';
import { useText, type Text } from '../../stores/text';
import { useSettings } from '../../stores/use-app';
import { Field, TextArea } from '../../ui/field';
import { Select } from '../../ui/select';
import { SettingsGroup } from './settings-group';
import { useChange } from './use-change';

/** The sentence for a template that cannot be used. */
const templateText = (problem: TemplateProblem, t: Text['t']): string => {
  switch (problem.type) {
    case 'unknown-placeholder':
      return t('linksUnknownPlaceholder', { text: problem.text });
    case 'unclosed-brace':
      return t('linksUnclosedBrace');
    case 'no-url':
      return t('linksNoUrl', { text: '{url}' });
    default:
      return assertNever(problem.type);
  }
};

const sample = (kind: 'image' | 'video'): LinkSubject => ({
  url: `https://pic.example.com/2026/11/ferry.${kind === 'image' ? 'png' : 'mp4'}`,
  name: kind === 'image' ? 'Ferry at dawn.png' : 'Ferry leaving.mp4',
  kind,
  width: 1920,
  height: 1080,
  accountName: 'example',
  uploadedAt: Date.UTC(2026, 10, 22, 8, 30),
});

type FormatFieldsProps = {
  readonly kind: 'image' | 'video';
  readonly format: LinkFormat;
  readonly template: string;
  readonly preview: (template: string) => string;
  readonly onFormat: (format: LinkFormat) => void;
  readonly onTemplate: (template: string) => void;
};

const FormatFields = ({ kind, format, template, preview, onFormat, onTemplate }: FormatFieldsProps) => {
  const { t } = useText();
  const [draft, setDraft] = useState(template);
  useEffect(() => setDraft(template), [template]);
  const problem = checkTemplate(draft);
  const label = t(kind === 'image' ? 'linksFormat' : 'linksVideoFormat');
  return (
    <SettingsGroup title={label} {...(kind === 'video' ? { help: t('linksVideoHelp') } : {})}>
      <Select
        className="w-48"
        label={label}
        value={format}
        onChange={onFormat}
        options={[
          { value: 'url', label: t('formatUrl') },
          { value: 'markdown', label: t('formatMarkdown') },
          { value: 'html', label: t('formatHtml') },
          { value: 'bbcode', label: t('formatBbcode') },
          { value: 'custom', label: t('formatCustom') },
        ]}
      />
      {format === 'custom' ? (
        <Field
          label={t('linksTemplate')}
          help={t('linksTemplateHelp', { list: placeholders.map((name) => `{${name}}`).join(' ') })}
          error={problem === null ? null : templateText(problem, t)}
        >
          <TextArea
            value={draft}
            onChange={setDraft}
            onBlur={() => {
              if (problem === null && draft !== template) onTemplate(draft);
            }}
          />
        </Field>
      ) : null}
      <div>
        <div className="text-small text-text-2">{t('linksPreview')}</div>
        <output className="said mt-1 block whitespace-pre-wrap rounded-s border border-line bg-sunken px-2.5 py-1.5 font-mono select-text">{preview(draft)}</output>
      </div>
    </SettingsGroup>
  );
};

export const LinksSection = () => {
  const change = useChange();
  const settings = useSettings((all) => all);
  const preview = (kind: 'image' | 'video', part: Partial<LinkSettings>): string => linkOf(sample(kind), { ...settings, ...part });
  return (
    <>
      <FormatFields
        kind="image"
        format={settings.linkFormat}
        template={settings.customTemplate}
        preview={(customTemplate) => preview('image', { customTemplate })}
        onFormat={(linkFormat) => void change({ linkFormat })}
        onTemplate={(customTemplate) => void change({ customTemplate })}
      />
      <FormatFields
        kind="video"
        format={settings.videoFormat}
        template={settings.customVideoTemplate}
        preview={(customVideoTemplate) => preview('video', { customVideoTemplate })}
        onFormat={(videoFormat) => void change({ videoFormat })}
        onTemplate={(customVideoTemplate) => void change({ customVideoTemplate })}
      />
    </>
  );
};
