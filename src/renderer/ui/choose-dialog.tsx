import { Check, Search } from 'lucide-react';
import { useId, useMemo, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Dialog } from './dialog';
import { inputClass } from './field';

export type Choice = { readonly id: string; readonly label: string; readonly note?: string; readonly icon?: ReactNode; readonly checked?: boolean };

type ChooseDialogProps = {
  readonly title: string;
  readonly closeLabel: string;
  /** The name of the field to type in. */
  readonly placeholder: string;
  readonly choices: readonly Choice[];
  /** Said when nothing matches. */
  readonly empty: string;
  /** Said under the list when there are more than fit. */
  readonly more: (hidden: number) => string;
  /** Offers what was typed as something new; null when it is not to be offered. */
  readonly create?: (typed: string) => { readonly label: string; readonly icon?: ReactNode; readonly run: () => void } | null;
  readonly onChoose: (id: string) => void;
  readonly onClose: () => void;
};

const SHOWN = 100;

/** One of many, found by typing: arrows move, Enter takes. */
export const ChooseDialog = ({ title, closeLabel, placeholder, choices, empty, more, create, onChoose, onClose }: ChooseDialogProps) => {
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const list = useId();
  const found = useMemo(() => {
    const words = typed.toLowerCase().split(/\s+/u).filter((word) => word !== '');
    return choices.filter(({ label, note }) => words.every((word) => `${label} ${note ?? ''}`.toLowerCase().includes(word)));
  }, [choices, typed]);
  const fresh = create?.(typed.trim()) ?? null;
  const shown = found.slice(0, SHOWN);
  const options = [
    ...shown.map((choice) => ({ ...choice, run: () => onChoose(choice.id) })),
    ...(fresh === null ? [] : [{ id: '+', label: fresh.label, run: fresh.run, note: undefined, icon: fresh.icon, checked: undefined }]),
  ];
  const active = Math.min(at, options.length - 1);
  const keydown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') setAt(Math.min(options.length - 1, active + 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, active - 1));
    else if (event.key === 'Enter') options[active]?.run();
    else return;
    event.preventDefault();
  };
  return (
    <Dialog open onClose={onClose} title={title} closeLabel={closeLabel}>
      <span className="relative block">
        <Search size={14} aria-hidden className="pointer-events-none absolute left-2.5 top-2.25 text-text-2" />
        <input
          autoFocus
          role="combobox"
          aria-expanded
          aria-controls={list}
          aria-activedescendant={options.length === 0 ? undefined : `${list}-${active}`}
          aria-label={placeholder}
          placeholder={placeholder}
          value={typed}
          maxLength={120}
          spellCheck={false}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(0);
          }}
          onKeyDown={keydown}
          className={`${inputClass} !pl-8`}
        />
      </span>
      <ul id={list} role="listbox" aria-label={title} className="mt-2 flex max-h-72 flex-col overflow-y-auto">
        {options.map((option, index) => (
          <li
            key={option.id}
            id={`${list}-${index}`}
            role="option"
            aria-selected={index === active}
            ref={(element) => (index === active ? element?.scrollIntoView({ block: 'nearest' }) : undefined)}
            onClick={option.run}
            onMouseMove={() => setAt(index)}
            className={`flex min-h-9 shrink-0 items-center gap-2 rounded-s px-2 py-1 ${index === active ? 'bg-hover' : ''}`}
          >
            {option.icon === undefined ? null : <span className="flex w-5 shrink-0 justify-center text-text-2">{option.icon}</span>}
            <span className="min-w-0 flex-1">
              <span className="block truncate">{option.label}</span>
              {option.note === undefined ? null : <span className="block truncate text-small text-text-2">{option.note}</span>}
            </span>
            {option.checked === true ? <Check size={14} aria-hidden /> : null}
          </li>
        ))}
      </ul>
      {options.length === 0 ? <p className="px-2 py-4 text-center text-text-2">{empty}</p> : null}
      {found.length > SHOWN ? <p className="px-2 pt-2 text-small text-text-2">{more(found.length - SHOWN)}</p> : null}
    </Dialog>
  );
};
