import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import type { ReactNode } from 'react';

/** What the parts need around them: no style tags at run time, and tooltips that follow each other quickly. */
export const UiProviders = ({ children }: { readonly children: ReactNode }) => (
  <CSPProvider disableStyleElements>
    <Tooltip.Provider delay={500}>{children}</Tooltip.Provider>
  </CSPProvider>
);
