import { useEffect, useRef } from 'react';
import { CallFailure, type CallOutput } from '../../bridge';
import { rowAt } from '../../stores/library-window';
import { useApp } from '../../stores/use-app';
import { drawThumb } from '../../thumbs/draw-thumb';

const ASK_AFTER_MS = 250;
const AT_ONCE = 200;
/** Rows asked for lately: asked again only when they were seen long ago. */
const REMEMBERED = 4000;

type Drawing = CallOutput<'library:want-thumbs'>['page'][number];

/** Asks main for the thumbnails of rows that come to rest on screen, and draws those that only the window can. */
export const useThumbs = (): void => {
  const { client, library } = useApp();
  const asked = useRef(new Set<string>());
  useEffect(() => {
    let stopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const drawings: Drawing[] = [];
    let busy = false;

    const draw = async (): Promise<void> => {
      if (busy) return;
      busy = true;
      for (let next = drawings.shift(); next !== undefined && !stopped; next = drawings.shift()) {
        const bytes = await drawThumb(next.address, next.kind);
        if (bytes !== null && bytes.byteLength > 0 && !stopped) await client.call('library:put-thumb', { id: next.id, bytes: new Uint8Array(bytes) });
      }
      busy = false;
    };

    const ask = async (): Promise<void> => {
      const { first, last } = library.seen();
      const { pages } = library.store.getState();
      const ids: string[] = [];
      for (let place = first; place <= last && ids.length < AT_ONCE; place += 1) {
        const upload = rowAt(pages, place);
        if (upload !== undefined && upload.thumb === null && upload.kind !== 'other' && !asked.current.has(upload.id)) ids.push(upload.id);
      }
      if (ids.length === 0) return;
      if (asked.current.size > REMEMBERED) asked.current.clear();
      for (const id of ids) asked.current.add(id);
      try {
        const { page } = await client.call('library:want-thumbs', { ids });
        drawings.push(...page);
        await draw();
      } catch (failure) {
        // A row without a picture shows the sign of its kind.
        busy = false;
        if (!(failure instanceof CallFailure)) throw failure;
      }
    };

    const soon = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => void ask(), ASK_AFTER_MS);
    };
    soon();
    const off = library.store.subscribe(soon);
    const offSeen = library.onSeen(soon);
    return () => {
      stopped = true;
      clearTimeout(timer);
      off();
      offSeen();
    };
  }, [client, library]);
};
