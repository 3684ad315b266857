import { useEffect, useRef } from 'react';
import { CallFailure, type CallOutput } from '../../bridge';
import { rowAt } from '../../stores/library-window';
import { useApp } from '../../stores/use-app';
import { drawThumb } from '../../thumbs/draw-thumb';

const ASK_AFTER_MS = 250;
const AT_ONCE = 200;
/** Rows without a picture are asked for again only when so many others were seen since. */
const REMEMBERED = 4000;

type Drawing = CallOutput<'library:want-thumbs'>['page'][number];

/** Asks main for the thumbnails of rows that come to rest on screen, and draws those that only the window can. */
export const useThumbs = (): void => {
  const { client, library } = useApp();
  const without = useRef(new Set<string>());
  useEffect(() => {
    let stopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    /** What the latest call asked for. */
    let pending = new Set<string>();
    const drawings: Drawing[] = [];
    let drawing = false;

    const put = async ({ id, address, kind }: Drawing): Promise<void> => {
      const drawn = await drawThumb(address, kind);
      if (drawn === null || stopped) return;
      try {
        await client.call('library:put-thumb', { id, bytes: new Uint8Array(drawn.bytes), seconds: drawn.seconds });
      } catch (failure) {
        // A row without a picture shows the sign of its kind.
        if (!(failure instanceof CallFailure)) throw failure;
      }
    };
    const drawAll = async (): Promise<void> => {
      if (drawing) return;
      drawing = true;
      for (let next = drawings.shift(); next !== undefined && !stopped; next = drawings.shift()) await put(next);
      drawing = false;
    };

    const wanted = (): readonly string[] => {
      const { first, last } = library.seen();
      const { pages } = library.store.getState();
      const ids: string[] = [];
      for (let place = first; place <= last && ids.length < AT_ONCE; place += 1) {
        const upload = rowAt(pages, place);
        if (upload === undefined || upload.kind === 'other') continue;
        // One that is damaged later on is asked for again.
        if (upload.thumb !== null) without.current.delete(upload.id);
        else if (!without.current.has(upload.id)) ids.push(upload.id);
      }
      return ids;
    };
    const ask = async (): Promise<void> => {
      const ids = wanted();
      if (ids.length === 0 || ids.every((id) => pending.has(id))) return;
      // A call takes the place of the one before, so it names everything that is on screen.
      const mine = new Set(ids);
      pending = mine;
      try {
        const { page, later } = await client.call('library:want-thumbs', { ids: [...ids] });
        if (without.current.size > REMEMBERED) without.current.clear();
        const open = new Set(later);
        for (const id of ids) if (!open.has(id)) without.current.add(id);
        drawings.push(...page);
      } catch (failure) {
        if (!(failure instanceof CallFailure)) throw failure;
      }
      if (pending === mine) pending = new Set();
      if (!stopped) soon();
      await drawAll();
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
