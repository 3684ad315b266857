import { useEffect, useState } from 'react';
import { useText } from '../../stores/text';
import { Field, Input } from '../../ui/field';

type NumberInputProps = {
  readonly label: string;
  readonly help?: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** Called with whole numbers inside the range only, when the field is left or Enter is pressed. */
  readonly onChange: (value: number) => void;
};

/** A whole number that is kept when the field is left; what does not fit is said and not kept. */
export const NumberInput = ({ label, help, value, min, max, onChange }: NumberInputProps) => {
  const { t } = useText();
  const [draft, setDraft] = useState(String(value));
  useEffect(() => setDraft(String(value)), [value]);
  const number = /^[-−]?\d+$/.test(draft.trim()) ? Number(draft.replace('−', '-')) : Number.NaN;
  const fits = number >= min && number <= max;
  const keep = (): void => {
    if (fits && number !== value) onChange(number);
  };
  return (
    <Field label={label} {...(help === undefined ? {} : { help })} error={fits ? null : t('formNumberBad', { min, max })}>
      <Input
        className="max-w-32 tabular-nums"
        inputMode="numeric"
        value={draft}
        onChange={setDraft}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === 'Enter') keep();
        }}
      />
    </Field>
  );
};
