import { X } from 'lucide-react';
import { useId, useState, type KeyboardEvent } from 'react';
import { useText } from '../../stores/text';

const LONGEST = 80;

type TagFieldProps = {
  readonly label: string;
  readonly placeholder: string;
  readonly tags: readonly string[];
  /** Offered while typing. */
  readonly known: readonly string[];
  readonly autoFocus?: boolean;
  readonly onChange: (tags: readonly string[]) => void;
};

/** Tags as chips with a field to type more: Enter or a comma takes one, Backspace in the empty field takes the last away. */
export const TagField = ({ label, placeholder, tags, known, autoFocus = false, onChange }: TagFieldProps) => {
  const { t } = useText();
  const [typed, setTyped] = useState('');
  const id = useId();
  const has = (name: string): boolean => tags.some((tag) => tag.toLowerCase() === name.toLowerCase());
  const take = (text: string): void => {
    const fresh = text
      .split(/[,，]/u)
      .map((part) => part.trim().slice(0, LONGEST))
      .filter((part) => part !== '');
    setTyped('');
    const next = fresh.filter((name, index) => !has(name) && fresh.findIndex((other) => other.toLowerCase() === name.toLowerCase()) === index);
    if (next.length > 0) onChange([...tags, ...next]);
  };
  const keydown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if ((event.key === 'Enter' || event.key === ',' || event.key === '，') && typed.trim() !== '') take(typed);
    else if (event.key === 'Backspace' && typed === '' && tags.length > 0) onChange(tags.slice(0, -1));
    else return;
    event.preventDefault();
  };
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <div className="flex min-h-8 flex-wrap items-center gap-1 rounded-s border border-line-strong bg-surface p-1 focus-within:outline-2 focus-within:outline-accent">
        {tags.map((tag) => (
          <span key={tag} className="inline-flex h-6 min-w-0 max-w-full items-center gap-0.5 rounded-s border border-line bg-sunken pl-2 text-small">
            <span className="min-w-0 truncate">{tag}</span>
            <button type="button" aria-label={t('tagTakeAway', { name: tag })} onClick={() => onChange(tags.filter((one) => one !== tag))} className="flex size-6 items-center justify-center rounded-s text-text-2 hover:bg-hover">
              <X size={12} aria-hidden />
            </button>
          </span>
        ))}
        <input
          id={id}
          list={`${id}-known`}
          value={typed}
          autoFocus={autoFocus}
          maxLength={400}
          placeholder={tags.length === 0 ? placeholder : ''}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={keydown}
          onBlur={() => take(typed)}
          className="h-6 min-w-20 flex-1 bg-transparent px-1 select-text focus-visible:outline-none"
        />
        <datalist id={`${id}-known`}>
          {known.filter((name) => !has(name)).slice(0, 200).map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      </div>
    </div>
  );
};
