import clsx from 'clsx';
import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, buttonClass } from './button';
import { Menu, type MenuEntry } from './menu';

type SplitButtonProps = {
  readonly label: string;
  readonly icon?: ReactNode;
  readonly size?: 's' | 'm';
  readonly onPress: () => void;
  /** -1 where Tab is to pass both parts by. */
  readonly tabIndex?: 0 | -1;
  /** The name of the part that opens the other choices. */
  readonly moreLabel: string;
  readonly entries: readonly MenuEntry[];
};

/** One press does the usual thing; the small part beside it offers the others. */
export const SplitButton = ({ label, icon, size = 's', onPress, tabIndex = 0, moreLabel, entries }: SplitButtonProps) => (
  <span className="inline-flex">
    <Button size={size} tabIndex={tabIndex} icon={icon} onClick={onPress} className="rounded-r-none border-r-0">
      {label}
    </Button>
    <Menu
      trigger={
        <button type="button" tabIndex={tabIndex} aria-label={moreLabel} className={clsx(buttonClass('plain', size), '!px-1 rounded-l-none', size === 's' ? 'min-w-6' : 'min-w-8')}>
          <ChevronDown size={14} aria-hidden />
        </button>
      }
      entries={entries}
    />
  </span>
);
