import type { ReactNode } from 'react';

/** A titled block of settings with one line between it and the next. */
export const SettingsGroup = ({ title, help, children }: { readonly title: string; readonly help?: string; readonly children: ReactNode }) => (
  <section aria-label={title} className="border-b border-line py-4 first:pt-0 last:border-b-0">
    <h2 className="font-semibold">{title}</h2>
    {help === undefined ? null : <p className="said mt-0.5 max-w-140 text-small text-text-2">{help}</p>}
    <div className="mt-2.5 flex max-w-110 flex-col gap-3">{children}</div>
  </section>
);
