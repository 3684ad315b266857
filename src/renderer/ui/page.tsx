import type { ReactNode } from 'react';

/** One screen: a title line with its actions on the right, and the work below. */
export const Page = ({ title, actions, children }: { readonly title: string; readonly actions?: ReactNode; readonly children: ReactNode }) => (
  <section aria-label={title} className="flex h-full min-h-0 min-w-0 flex-col">
    <header className="flex min-h-12 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-2">
      <h1 tabIndex={-1} className="outline-none shrink-0 text-lead font-semibold">{title}</h1>
      <div className="ml-auto flex min-w-0 flex-wrap items-center justify-end gap-2">{actions}</div>
    </header>
    <div className="relative min-h-0 flex-1">{children}</div>
  </section>
);
