import { useEffect, useRef } from 'react';
import { useAccounts, useAlbums, useLibrary, useNotices, useQueue, useUi } from '../../stores/use-app';

/**
 * When what had the keyboard goes away (the screen changed, a notice was put away, an account was removed, a list ran empty), the
 * screen's heading gets it, so that the next Tab goes on from there and not from the top of the window.
 */
export const useKeptFocus = (): void => {
  const route = useUi((ui) => ui.route);
  const overlay = useUi((ui) => ui.overlay);
  const syncPlace = useUi((ui) => ui.syncPlace);
  const notices = useNotices().length;
  const jobs = useQueue((queue) => queue.order.length === 0);
  // Rows that are read ahead of the first look change nothing on another screen.
  const emptied = useLibrary((library) => library.total === 0);
  const uploads = route === 'library' && emptied;
  // The first album takes the place of the button that made it.
  const albums = useAlbums().some(({ source }) => source === 'local');
  const accounts = useAccounts().length;
  const started = useRef(false);
  useEffect(() => {
    const before = started.current;
    started.current = true;
    if (!before) return undefined;
    // An overlay that closes gives the focus back a frame later; only then is it known to be lost.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        if (document.activeElement === document.body) document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
      });
    });
    return () => cancelAnimationFrame(frame);
  }, [route, overlay, syncPlace, notices, jobs, uploads, albums, accounts]);
};
