import { Search } from 'lucide-react';
import { inputClass } from '../../ui/field';

/** Narrows a long list by words. */
export const FilterBox = ({ label, value, onChange }: { readonly label: string; readonly value: string; readonly onChange: (value: string) => void }) => (
  <span className="relative w-52 max-w-full">
    <Search size={14} aria-hidden className="pointer-events-none absolute left-2.5 top-2.25 text-text-2" />
    <input
      type="text"
      role="searchbox"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onChange('');
      }}
      placeholder={label}
      aria-label={label}
      spellCheck={false}
      className={`${inputClass} !pl-8`}
    />
  </span>
);
