import type { ReactNode } from 'react';

/** A titled part of the details. */
export const Section = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section aria-label={title} className="border-t border-line pt-3">
    <h3 className="mb-1.5 font-semibold">{title}</h3>
    {children}
  </section>
);
