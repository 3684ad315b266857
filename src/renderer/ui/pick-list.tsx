import { useVirtualizer } from '@tanstack/react-virtual';
import clsx from 'clsx';
import { Check, Search } from 'lucide-react';
import { useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { inputClass } from './field';

export type Pick = { readonly value: string; readonly label: string; readonly note?: string };

type PickListProps = {
  /** Its name for assistive technology. */
  readonly label: string;
  readonly placeholder: string;
  /** Said when no choice has the typed words. */
  readonly empty: string;
  readonly value: string;
  readonly picks: readonly Pick[];
  readonly onPick: (value: string) => void;
};

const ROW = 36;
const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };

/** One of any number of choices, found by typing; the field keeps the keyboard and arrows move through what is left. */
export const PickList = ({ label, placeholder, empty, value, picks, onPick }: PickListProps) => {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [search, setSearch] = useState('');
  const [moved, setMoved] = useState<number | null>(null);
  const found = useMemo(() => {
    const words = search.toLowerCase().split(/\s+/).filter((word) => word !== '');
    return words.length === 0 ? picks : picks.filter((pick) => words.every((word) => `${pick.label}\n${pick.note ?? ''}`.toLowerCase().includes(word)));
  }, [picks, search]);
  const chosen = found.findIndex((pick) => pick.value === value);
  const active = Math.min(found.length - 1, moved ?? Math.max(0, chosen));
  const virtualizer = useVirtualizer({ count: found.length, getScrollElement: () => box.current, estimateSize: () => ROW, overscan: 6, initialOffset: Math.max(0, chosen - 3) * ROW });
  const keydown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const step = steps[event.key];
    const pick = found[active];
    if (step !== undefined) {
      const next = Math.max(0, Math.min(found.length - 1, active + step));
      setMoved(next);
      virtualizer.scrollToIndex(next);
    } else if (event.key === 'Enter' && pick !== undefined) onPick(pick.value);
    else return;
    event.preventDefault();
  };
  return (
    <div className="flex h-80 max-h-[50vh] flex-col gap-2">
      <span className="relative shrink-0">
        <Search size={14} aria-hidden className="pointer-events-none absolute left-2.5 top-2.25 text-text-2" />
        <input
          type="text"
          role="combobox"
          aria-label={placeholder}
          aria-expanded
          aria-controls={id}
          aria-activedescendant={active < 0 ? undefined : `${id}-${active}`}
          autoFocus
          value={search}
          placeholder={placeholder}
          spellCheck={false}
          onChange={(event) => {
            setSearch(event.target.value);
            setMoved(null);
          }}
          onKeyDown={keydown}
          className={`${inputClass} !pl-8`}
        />
      </span>
      {found.length === 0 ? <p className="py-4 text-center text-text-2">{empty}</p> : null}
      <div ref={box} id={id} role="listbox" aria-label={label} className="min-h-0 flex-1 overflow-y-auto">
        <div role="presentation" className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map((row) => {
            const pick = found[row.index];
            if (pick === undefined) return null;
            return (
              <div
                key={pick.value}
                id={`${id}-${row.index}`}
                role="option"
                aria-selected={pick.value === value}
                aria-setsize={found.length}
                aria-posinset={row.index + 1}
                onClick={() => onPick(pick.value)}
                onPointerMove={() => setMoved(row.index)}
                className={clsx('absolute inset-x-0 top-0 flex h-9 items-center gap-2 rounded-s px-2', row.index === active && 'bg-hover')}
                style={{ transform: `translateY(${row.start}px)` }}
              >
                <span className="flex w-4 shrink-0 justify-center">{pick.value === value ? <Check size={14} aria-hidden /> : null}</span>
                <span className="min-w-0 flex-1 truncate" title={pick.label}>
                  {pick.label}
                </span>
                {pick.note === undefined ? null : <span className="shrink-0 text-small text-text-2">{pick.note}</span>}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
};
