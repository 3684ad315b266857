import type { ReactNode } from 'react';

type ChoiceProps = { readonly group?: string; readonly checked: boolean; readonly label: string; readonly help: ReactNode; readonly onChoose: () => void };

/** One of a few answers, each with its consequence. `group` makes the arrow keys move between those of one question. */
export const Choice = ({ group = 'choice', checked, label, help, onChoose }: ChoiceProps) => (
  <label className="flex items-start gap-2.5 rounded-s border border-line px-3 py-2 has-[:checked]:border-accent has-[:checked]:bg-accent-soft">
    <input type="radio" name={group} checked={checked} onChange={onChoose} className="mt-1 accent-accent" />
    <span className="min-w-0">
      <span className="block font-medium">{label}</span>
      <span className="said block text-small text-text-2">{help}</span>
    </span>
  </label>
);
