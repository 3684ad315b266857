import { CSPProvider } from '@base-ui/react/csp-provider';
import type { ReactNode } from 'react';
import { MenuProvider } from './menu';
import { TooltipProvider } from './tooltip';

/** What the parts need around them: no style tags at run time, and the tooltip and menu that all share. */
export const UiProviders = ({ children }: { readonly children: ReactNode }) => (
  <CSPProvider disableStyleElements>
    <TooltipProvider>
      <MenuProvider>{children}</MenuProvider>
    </TooltipProvider>
  </CSPProvider>
);
