import { assertNever } from '../../../shared/assert-never';
import type { SettingDeclaration, SettingValue } from '../../../shared/model/provider';
import { useText } from '../../stores/text';
import { Field, Input, Switch } from '../../ui/field';
import { Select } from '../../ui/select';
import { fieldProblem, type DraftForm } from './account-draft';

type SettingFieldProps = {
  readonly declared: SettingDeclaration;
  readonly form: DraftForm;
  /** Whether what is missing is said already, or only after the person tried to go on. */
  readonly strict: boolean;
  readonly onSetting: (key: string, value: SettingValue) => void;
  readonly onSecret: (key: string, value: string) => void;
};

const MEGABYTE = 1024 * 1024;

const numberText = (value: SettingValue, unit: 'bytes' | 'count'): string => {
  if (typeof value !== 'number') return typeof value === 'string' ? value : '';
  return String(unit === 'bytes' ? Math.round((value / MEGABYTE) * 1000) / 1000 : value);
};

/** Null for an empty field, the typed text when it is no number: the form says so then. */
const numberFrom = (text: string, unit: 'bytes' | 'count'): SettingValue => {
  const clean = text.trim();
  if (clean === '') return null;
  const number = Number(clean.replace(',', '.'));
  if (!Number.isFinite(number)) return clean;
  return unit === 'bytes' ? Math.round(number * MEGABYTE) : number;
};

/** The control of one declared setting. */
export const SettingField = ({ declared, form, strict, onSetting, onSecret }: SettingFieldProps) => {
  const { t, localized, number } = useText();
  const found = fieldProblem(declared, form);
  const shown = found !== null && (strict || found.key !== 'formMissing') ? found : null;
  const error = shown === null ? null : shown.key === 'formMissing' ? t('formMissing') : t('formNumberBad', { min: number(shown.min), max: number(shown.max) });
  const label = localized(declared.label);
  const help = localized(declared.help);
  const common = { label, error, ...(help === '' ? {} : { help }), ...(declared.required || declared.type === 'choice' ? {} : { optional: t('formOptional') }) };
  switch (declared.type) {
    case 'secret':
      return (
        <Field {...common}>
          <Input
            type="password"
            value={form.secrets[declared.key] ?? ''}
            placeholder={form.secretsSet.includes(declared.key) ? t('formSecretSet') : ''}
            onChange={(value) => onSecret(declared.key, value)}
          />
        </Field>
      );
    case 'text':
      return (
        <Field {...common}>
          <Input value={String(form.settings[declared.key] ?? declared.default)} onChange={(value) => onSetting(declared.key, value)} />
        </Field>
      );
    case 'number':
      return (
        <Field {...common}>
          <span className="flex items-center gap-2">
            <Input
              className="max-w-32 tabular-nums"
              inputMode="decimal"
              value={numberText(form.settings[declared.key] ?? declared.default, declared.unit)}
              onChange={(value) => onSetting(declared.key, numberFrom(value, declared.unit))}
            />
            {declared.unit === 'bytes' ? <span className="text-text-2">{t('formBytes')}</span> : null}
          </span>
        </Field>
      );
    case 'switch':
      return <Switch label={label} help={help} checked={(form.settings[declared.key] ?? declared.default) === true} onChange={(value) => onSetting(declared.key, value)} />;
    case 'choice':
      return (
        <Field {...common}>
          <Select
            className="w-60 max-w-full"
            label={label}
            value={String(form.settings[declared.key] ?? declared.default)}
            options={declared.choices.map((choice) => ({ value: choice.value, label: localized(choice.label) }))}
            onChange={(value) => onSetting(declared.key, value)}
          />
        </Field>
      );
    default:
      return assertNever(declared);
  }
};
