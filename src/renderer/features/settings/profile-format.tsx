import { Plus, X } from 'lucide-react';
import type { FormatRule, InputFormat, PictureFormat } from '../../../shared/model/preparation';
import { BOUNDS, FORMAT_CHOICES, INPUT_FORMATS } from '../../../shared/model/preparation-choices';
import { inputName } from '../../stores/profile-words';
import { useText } from '../../stores/text';
import { Button, IconButton } from '../../ui/button';
import { Field, Switch } from '../../ui/field';
import { Select } from '../../ui/select';
import { BoundedNumber } from './bounded-number';
import { ColourInput } from './colour-input';
import type { PartProps } from './profile-part';
import { SettingsGroup } from './settings-group';

const USUAL_QUALITY = 80;
const USUAL_BYTES = 500_000;
const KILO = 1000;
const MOST_RULES = 20;

/** Pictures of one kind that go another way than all. */
const Rules = ({ profile: { formatRules }, onChange }: PartProps) => {
  const { t } = useText();
  const outputs = FORMAT_CHOICES.map((value) => ({ value, label: t(`format_${value}`) }));
  const free = INPUT_FORMATS.find((input) => !formatRules.some((rule) => rule.input === input));
  const set = (at: number, part: Partial<FormatRule>): void => onChange({ formatRules: formatRules.map((rule, index) => (index === at ? { ...rule, ...part } : rule)) });
  return (
    <section aria-label={t('partRules')} className="flex flex-col gap-1.5">
      <h3 className="font-medium">{t('partRules')}</h3>
      {formatRules.map((rule, index) => (
        <div key={rule.input} className="flex flex-wrap items-center gap-2">
          <Select<InputFormat>
            className="w-28"
            label={t('partRuleInput', { count: index + 1 })}
            value={rule.input}
            options={INPUT_FORMATS.filter((input) => input === rule.input || !formatRules.some((other) => other.input === input)).map((value) => ({ value, label: inputName(value) }))}
            onChange={(input) => set(index, { input })}
          />
          <span aria-hidden className="text-text-2">
            →
          </span>
          <Select<PictureFormat> className="w-40" label={t('partRuleFormat', { count: index + 1 })} value={rule.format} options={outputs} onChange={(format) => set(index, { format })} />
          <IconButton size="s" label={t('partRuleRemove', { count: index + 1 })} onClick={() => onChange({ formatRules: formatRules.filter((_rule, at) => at !== index) })}>
            <X size={14} aria-hidden />
          </IconButton>
        </div>
      ))}
      {free === undefined || formatRules.length >= MOST_RULES ? null : (
        <Button size="s" className="self-start" icon={<Plus size={14} aria-hidden />} onClick={() => onChange({ formatRules: [...formatRules, { input: free, format: 'keep' }] })}>
          {t('partRuleAdd')}
        </Button>
      )}
    </section>
  );
};

export const ProfileFormat = (part: PartProps) => {
  const { t } = useText();
  const { profile, onChange } = part;
  const { format, unsupported, quality, maxBytes, flatten } = profile;
  return (
    <SettingsGroup title={t('partFormat')}>
      <Field label={t('partFormatAll')}>
        <Select className="w-72 max-w-full" label={t('partFormatAll')} value={format} onChange={(next) => onChange({ format: next })} options={FORMAT_CHOICES.map((value) => ({ value, label: t(`format_${value}`) }))} />
      </Field>
      <Rules {...part} />
      <Switch label={t('partUnsupported')} help={t('partUnsupportedHelp')} checked={unsupported === 'convert'} onChange={(on) => onChange({ unsupported: on ? 'convert' : 'send' })} />
      <Switch label={t('partQuality')} help={t('partQualityHelp')} checked={quality !== null} onChange={(on) => onChange({ quality: on ? USUAL_QUALITY : null })} />
      {quality === null ? null : <BoundedNumber label={t('partQualityValue')} bounds={BOUNDS.quality} value={quality} onChange={(next) => onChange({ quality: next })} />}
      <Switch label={t('partMaxBytes')} help={t('partMaxBytesHelp')} checked={maxBytes !== null} onChange={(on) => onChange({ maxBytes: on ? USUAL_BYTES : null })} />
      {maxBytes === null ? null : (
        <BoundedNumber
          label={t('partMaxBytesValue')}
          bounds={[BOUNDS.maxBytes[0] / KILO, BOUNDS.maxBytes[1] / KILO]}
          value={Math.round(maxBytes / KILO)}
          onChange={(next) => onChange({ maxBytes: next * KILO })}
        />
      )}
      <Switch label={t('partFlatten')} help={t('partFlattenHelp')} checked={flatten !== null} onChange={(on) => onChange({ flatten: on ? '#ffffff' : null })} />
      {flatten === null ? null : <ColourInput label={t('partFlattenValue')} value={flatten} onChange={(next) => onChange({ flatten: next })} />}
    </SettingsGroup>
  );
};
