import clsx from 'clsx';
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Bar } from './bits';
import { Button } from './button';

type FailedBarProps = {
  /** Why. */
  readonly children: ReactNode;
  /** The technical text, which the sentence may speak of. */
  readonly detail: string | null;
  readonly againLabel: string;
  readonly onAgain: () => void;
  readonly className?: string;
};

/** Something could not be read: why, and another try. */
export const FailedBar = ({ children, detail, againLabel, onAgain, className }: FailedBarProps) => (
  <div role="alert" className={clsx(className)}>
    <Bar
      tone="danger"
      icon={<CircleAlert size={16} aria-hidden />}
      actions={
        <Button size="s" onClick={onAgain}>
          {againLabel}
        </Button>
      }
    >
      {children}
      {detail === null ? null : <code className="block font-mono text-small text-text-2 select-text">{detail}</code>}
    </Bar>
  </div>
);
