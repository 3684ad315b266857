import { useEffect, useState } from 'react';
import { useText } from '../../stores/text';
import { Field, Input } from '../../ui/field';

type ColourInputProps = { readonly label: string; /** `#rrggbb`. */ readonly value: string; readonly onChange: (value: string) => void };

const COLOUR = /^#[0-9a-f]{6}$/;
/** Also `fff`, `#fff` and `ffffff`. */
const spelledOut = (typed: string): string => {
  const digits = typed.trim().toLowerCase().replace(/^#/, '');
  return `#${/^[0-9a-f]{3}$/.test(digits) ? digits.replace(/./g, '$&$&') : digits}`;
};

/** A colour by its digits, or from the system's palette. */
export const ColourInput = ({ label, value, onChange }: ColourInputProps) => {
  const { t } = useText();
  const [draft, setDraft] = useState(value);
  useEffect(() => setDraft(value), [value]);
  const colour = spelledOut(draft);
  const fits = COLOUR.test(colour);
  const keep = (): void => {
    if (fits && colour !== value) onChange(colour);
    else if (fits) setDraft(value);
  };
  return (
    <Field label={label} error={fits ? null : t('partColourBad')}>
      <span className="flex items-center gap-2">
        <input
          type="color"
          aria-label={t('partColourOf', { name: label })}
          value={fits ? colour : value}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={keep}
          className="h-8 w-10 shrink-0 rounded-s border border-line-strong bg-surface p-1"
        />
        <Input
          className="max-w-32 font-mono"
          value={draft}
          maxLength={9}
          onChange={setDraft}
          onBlur={keep}
          onKeyDown={(event) => {
            if (event.key === 'Enter') keep();
          }}
        />
      </span>
    </Field>
  );
};
