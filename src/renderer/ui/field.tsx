import { Field as Base } from '@base-ui/react/field';
import { Switch as BaseSwitch } from '@base-ui/react/switch';
import clsx from 'clsx';
import type { ComponentProps, ReactNode } from 'react';

export const inputClass =
  'h-8 w-full min-w-0 rounded-s border border-line-strong bg-surface px-2.5 text-body text-text select-text disabled:opacity-50 focus-visible:outline-2 focus-visible:outline-offset-0';

type FieldProps = {
  readonly label: string;
  readonly help?: ReactNode;
  readonly error?: string | null;
  readonly optional?: string;
  readonly children: ReactNode;
};

/** A label above its control, help and error below; Base UI ties them together. */
export const Field = ({ label, help, error = null, optional, children }: FieldProps) => (
  <Base.Root invalid={error !== null} className="flex flex-col gap-1">
    <Base.Label className="flex items-baseline gap-2 font-medium">
      {label}
      {optional === undefined ? null : <span className="text-small font-normal text-text-2">{optional}</span>}
    </Base.Label>
    {children}
    {error === null ? null : (
      <Base.Error match className="said text-danger">
        {error}
      </Base.Error>
    )}
    {help === undefined ? null : <Base.Description className="said text-small text-text-2">{help}</Base.Description>}
  </Base.Root>
);

type InputProps = Omit<ComponentProps<'input'>, 'onChange' | 'defaultValue' | 'ref'> & {
  readonly value: string;
  readonly onChange: (value: string) => void;
};

export const Input = ({ onChange, className, ...rest }: InputProps) => (
  <Base.Control className={clsx(inputClass, className)} spellCheck={false} autoComplete="off" onValueChange={(value) => onChange(value)} {...rest} />
);

export const TextArea = ({ value, onChange, className, ...rest }: Omit<ComponentProps<'textarea'>, 'onChange' | 'ref'> & { readonly onChange: (value: string) => void }) => (
  <Base.Control
    render={<textarea rows={2} {...rest} />}
    value={value as string}
    onValueChange={(next) => onChange(next)}
    spellCheck={false}
    className={clsx(inputClass, 'h-auto py-1.5 font-mono', className)}
  />
);

type SwitchProps = { readonly label: string; readonly help?: string; readonly checked: boolean; readonly onChange: (checked: boolean) => void };

export const Switch = ({ label, help, checked, onChange }: SwitchProps) => (
  <label className="flex min-h-8 items-start justify-between gap-4">
    <span className="min-w-0">
      <span className="block font-medium">{label}</span>
      {help === undefined ? null : <span className="block text-small text-text-2">{help}</span>}
    </span>
    <BaseSwitch.Root
      checked={checked}
      aria-label={label}
      onCheckedChange={(next) => onChange(next)}
      className="relative mt-0.5 h-6 w-10 shrink-0 rounded-full border border-line-strong bg-track p-0.5 transition-colors duration-100 data-[checked]:border-accent data-[checked]:bg-accent"
    >
      <BaseSwitch.Thumb className="block size-4.5 rounded-full bg-surface transition-transform duration-100 data-[checked]:translate-x-4" />
    </BaseSwitch.Root>
  </label>
);
