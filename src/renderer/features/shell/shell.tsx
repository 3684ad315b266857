import type { ReactNode } from 'react';
import { Announcer } from './announcer';
import { DropOverlay } from './drop-overlay';
import { useUi } from '../../stores/use-app';
import { later } from '../../ui/later';
import { KeysDialog } from './keys-dialog';
import { NoticeBars } from './notice-bars';
import { Rail } from './rail';
import { useKeptFocus } from './use-kept-focus';
import { useMainEvents } from './use-main-events';
import { useWindowKeys } from './use-window-keys';

export const palette = later(async () => (await import('./palette')).Palette);

const Palette = () => (useUi((ui) => ui.overlay === 'palette') ? <palette.Part /> : null);

/** The frame around every screen: rail, notices, the foot that all screens share, overlays, and what the whole window listens to. */
export const Shell = ({ foot, children }: { readonly foot: ReactNode; readonly children: ReactNode }) => {
  useWindowKeys();
  useMainEvents();
  useKeptFocus();
  return (
    <div className="flex h-full min-w-0">
      <Rail />
      <main className="flex min-w-0 flex-1 flex-col bg-bg">
        <NoticeBars />
        <div className="min-h-0 flex-1">{children}</div>
        {foot}
      </main>
      <DropOverlay />
      <Palette />
      <KeysDialog />
      <Announcer />
    </div>
  );
};
