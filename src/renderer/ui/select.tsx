import { Select as Base } from '@base-ui/react/select';
import clsx from 'clsx';
import { Check, ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';

export type Option<T extends string> = { readonly value: T; readonly label: string; readonly note?: string; readonly icon?: ReactNode };

type SelectProps<T extends string> = {
  /** Its name for assistive technology; shown by a Field around it or not at all. */
  readonly label: string;
  readonly value: T;
  readonly options: readonly Option<T>[];
  readonly onChange: (value: T) => void;
  /** It is pointed at, by mouse or by keys, and may be chosen next. */
  readonly onPoint?: (value: T) => void;
  readonly look?: 'plain' | 'quiet';
  readonly lead?: ReactNode;
  readonly className?: string;
  readonly disabled?: boolean;
};

export const Select = <T extends string>({ label, value, options, onChange, onPoint, look = 'plain', lead, className, disabled = false }: SelectProps<T>) => (
  <Base.Root
    // A modal list takes the scrolling from the whole page: all of it would be laid out again with every choice.
    modal={false}
    items={options.map(({ value: v, label: l }) => ({ value: v, label: l }))}
    value={value}
    disabled={disabled}
    onValueChange={(next) => {
      if (next !== null) onChange(next);
    }}
  >
    <Base.Trigger
      aria-label={`${label}: ${options.find((option) => option.value === value)?.label ?? ''}`}
      className={clsx(
        'inline-flex h-8 min-w-0 items-center gap-1.5 rounded-s border px-2.5 text-left text-body transition-colors duration-100 data-[disabled]:opacity-50',
        look === 'plain' ? 'border-line bg-surface hover:bg-hover' : 'border-transparent text-text-2 hover:bg-hover hover:text-text',
        className,
      )}
    >
      {lead}
      <span className="min-w-0 flex-1 truncate">
        <Base.Value />
      </span>
      <Base.Icon className="text-text-2">
        <ChevronDown size={14} aria-hidden />
      </Base.Icon>
    </Base.Trigger>
    <Base.Portal>
      <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50">
        <Base.Popup className="max-h-80 min-w-(--anchor-width) max-w-96 overflow-y-auto rounded-m border border-line bg-surface p-1 shadow-lift outline-none">
          {options.map((option) => (
            <Base.Item
              key={option.value}
              value={option.value}
              onFocus={() => onPoint?.(option.value)}
              onPointerEnter={() => onPoint?.(option.value)}
              className="flex min-h-8 items-center gap-2 rounded-s px-2 py-1 outline-none data-[highlighted]:bg-hover"
            >
              <span className="flex w-4 shrink-0 justify-center">
                <Base.ItemIndicator>
                  <Check size={14} aria-hidden />
                </Base.ItemIndicator>
              </span>
              {option.icon}
              <span className="min-w-0 flex-1">
                <Base.ItemText className="block truncate">{option.label}</Base.ItemText>
                {option.note === undefined ? null : <span className="block truncate text-small text-text-2">{option.note}</span>}
              </span>
            </Base.Item>
          ))}
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  </Base.Root>
);
