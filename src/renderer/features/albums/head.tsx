import clsx from 'clsx';
import type { ReactNode } from 'react';

type HeadProps = {
  readonly title: string;
  readonly about?: ReactNode;
  readonly actions?: ReactNode;
  /** The title says more than the choice of places does, so it stays in a narrow window. */
  readonly keepTitle?: boolean;
  readonly children?: ReactNode;
};

/** The title line of a place: its name and its actions, with a sentence about it below. In a narrow window the choice of places is its title. */
export const Head = ({ title, about, actions, keepTitle = false, children }: HeadProps) => (
  <header className="shrink-0 border-b border-line px-4 py-2.5">
    <div className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-2">
      <h2 className={clsx('min-w-0 flex-1 basis-36 truncate text-lead font-semibold', !keepTitle && '@max-[720px]:sr-only')} title={title}>
        {title}
      </h2>
      <div className="ml-auto flex min-w-0 flex-wrap items-center justify-end gap-2">{actions}</div>
    </div>
    {about === undefined ? null : <p className="said mt-1 max-w-160 text-small text-text-2 @max-[720px]:mt-2">{about}</p>}
    {children}
  </header>
);
