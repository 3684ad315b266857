import { useCallback, useEffect, useRef } from 'react';
import { EVERYTHING } from '../../../shared/model/library-defaults';
import type { LibraryAlbum } from '../../../shared/model/library-album';
import { CallFailure, type Client } from '../../bridge';
import { useApp } from '../../stores/use-app';
import { drawThumb } from '../../thumbs/draw-thumb';

/** As many of an album's newest uploads are tried, since some can have no thumbnail. */
const TRIED = 4;
const ASK_AFTER_MS = 250;

const keyOf = ({ source, accountId, id, count }: LibraryAlbum): string => JSON.stringify([source, accountId, id, count]);

const makeCover = async (client: Client, { source, accountId, id }: LibraryAlbum): Promise<void> => {
  const album = source === 'local' ? ({ source, id } as const) : ({ source, accountId: accountId ?? '', id } as const);
  const { uploads } = await client.call('library:view', { query: { ...EVERYTHING, filter: { ...EVERYTHING.filter, album } }, limit: TRIED });
  const ids = uploads.filter(({ kind, thumb }) => kind !== 'other' && thumb === null).map((upload) => upload.id);
  if (ids.length === 0) return;
  const { page } = await client.call('library:want-thumbs', { ids });
  for (const { id: drawn, address, kind } of page) {
    const picture = await drawThumb(address, kind);
    if (picture !== null) await client.call('library:put-thumb', { id: drawn, bytes: new Uint8Array(picture.bytes), seconds: picture.seconds });
  }
};

/** Has thumbnails made for albums that come to rest on screen with uploads and without a cover, each album once. Returns what to tell the places to. */
export const useCovers = (albums: readonly LibraryAlbum[]): ((first: number, last: number) => void) => {
  const { client } = useApp();
  const seen = useRef({ first: 0, last: -1 });
  const asked = useRef(new Set<string>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(albums);
  latest.current = albums;
  const working = useRef(false);
  const work = useCallback(async (): Promise<void> => {
    if (working.current) return;
    working.current = true;
    const next = (): LibraryAlbum | undefined =>
      latest.current.slice(seen.current.first, seen.current.last + 1).find((album) => album.coverThumb === null && album.count > 0 && !asked.current.has(keyOf(album)));
    for (let album = next(); album !== undefined; album = next()) {
      asked.current.add(keyOf(album));
      try {
        await makeCover(client, album);
      } catch (failure) {
        // An album without a cover shows the sign of albums.
        if (!(failure instanceof CallFailure)) throw failure;
      }
    }
    working.current = false;
  }, [client]);
  const soon = useCallback((): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void work(), ASK_AFTER_MS);
  }, [work]);
  useEffect(soon, [albums, soon]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      seen.current = { first: 0, last: -1 };
    },
    [],
  );
  return useCallback(
    (first, last) => {
      seen.current = { first, last };
      soon();
    },
    [soon],
  );
};
