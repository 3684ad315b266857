import type { SqlDatabase } from '../../lib/sqlite';
import type { UploadSelection } from '../../shared/model/library-query';
import type { ViewLists } from './view-lists';

/** What a selection means right now. */
export interface Selections {
  /** The places of what is selected and there, in the selection's order, each once. */
  places(selection: UploadSelection): readonly number[];
  ids(selection: UploadSelection): readonly string[];
}

/** Ids that one statement looks up. */
const STEP = 5000;

export function createSelections(db: SqlDatabase, lists: Pick<ViewLists, 'complete'>): Selections {
  const placeSql = db.prepare('SELECT json_group_array(json_array(u.id, u.seq)) AS list FROM json_each(?) j CROSS JOIN uploads u ON u.id = j.value');
  const idSql = db.prepare('SELECT json_group_array(id) AS list FROM (SELECT u.id FROM json_each(?) j CROSS JOIN uploads u ON u.seq = j.value ORDER BY j.key)');

  const placesOfIds = (ids: readonly string[]): ReadonlyMap<string, number> => {
    const places = new Map<string, number>();
    for (let at = 0; at < ids.length; at += STEP) {
      const found = JSON.parse(placeSql.get(JSON.stringify(ids.slice(at, at + STEP)))?.['list'] as string) as readonly [string, number][];
      for (const [id, place] of found) places.set(id, place);
    }
    return places;
  };
  const places: Selections['places'] = (selection) => {
    if ('ids' in selection) {
      const known = placesOfIds(selection.ids);
      return [...new Set(selection.ids)].flatMap((id) => known.get(id) ?? []);
    }
    const all = lists.complete(selection.matching);
    if (selection.except.length === 0) return [...all];
    const except = new Set(placesOfIds(selection.except).values());
    return [...all].filter((place) => !except.has(place));
  };
  return {
    places,
    ids(selection) {
      if ('ids' in selection) {
        const known = placesOfIds(selection.ids);
        return [...new Set(selection.ids)].filter((id) => known.has(id));
      }
      const all = places(selection);
      const ids: string[] = [];
      for (let at = 0; at < all.length; at += STEP) ids.push(...(JSON.parse(idSql.get(JSON.stringify(all.slice(at, at + STEP)))?.['list'] as string) as string[]));
      return ids;
    },
  };
}
