import { useEffect, useRef } from 'react';
import { useAccounts, useAlbums, useLibrary, useNotices, useQueue, useSync, useUi } from '../../stores/use-app';
import { keepFocus } from '../../ui/kept-focus';

/**
 * When what had the keyboard goes away (the screen changed, a notice was put away, an account was removed, a list ran empty, a document
 * was answered), the screen's heading gets it, or what a person last acted on, so that the next Tab goes on from there and not from the top of the window.
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
  // A document that is answered, or put back, loses the button that did it.
  const documents = useSync(({ documents: all }) => all.map(({ state, running, canTakeBack }) => `${state} ${String(running)} ${String(canTakeBack)}`).join());
  const started = useRef(false);
  useEffect(() => {
    const before = started.current;
    started.current = true;
    if (!before) return undefined;
    // An overlay that closes gives the focus back a frame later; only then is it known to be lost.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        keepFocus();
      });
    });
    return () => cancelAnimationFrame(frame);
  }, [route, overlay, syncPlace, notices, jobs, uploads, albums, accounts, documents]);
};
