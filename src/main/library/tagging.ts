import type { NewId } from '../../lib/ids';
import type { SqlDatabase } from '../../lib/sqlite';
import type { Changes } from './changes';
import type { LibraryService } from './contract';
import { createFormers } from './formers';
import type { Histories } from './histories';
import { inSlices } from './in-slices';
import type { Selections } from './selections';
import type { TagChange, Tags } from './tags';
import type { TextIndex } from './text-index';
import type { ViewLists } from './view-lists';

export type TaggingParts = {
  readonly tags: Tags;
  readonly selections: Pick<Selections, 'places'>;
  readonly index: Pick<TextIndex, 'update'>;
  readonly histories: Pick<Histories, 'logAll'>;
  readonly lists: Pick<ViewLists, 'forget'>;
  readonly changes: Pick<Changes, 'changed'>;
  readonly now: () => number;
  readonly newId: NewId;
};

/** Tags of many uploads at once, and their undoing. */
export function createTagging(db: SqlDatabase, { tags, selections, index, histories, lists, changes, now, newId }: TaggingParts): Pick<LibraryService, 'tag' | 'undoTag'> {
  const before = createFormers<TagChange>(newId, now);
  const idSql = db.prepare('SELECT id FROM uploads WHERE seq = ?');
  const change = async (places: readonly number[], { added, removed }: TagChange, note?: (id: string, was: TagChange) => void): Promise<number> => {
    const touched: number[] = [];
    await inSlices(db, places, (slice) => {
      const different = slice.filter((place) => {
        const made = tags.change(place, added, removed);
        if (made !== null) note?.(String(idSql.get(place)?.['id']), made);
        return made !== null;
      });
      index.update(different);
      histories.logAll(different, { at: now(), what: 'edited', params: {} });
      lists.forget('facts');
      touched.push(...different);
    });
    changes.changed(touched, 'facts');
    return touched.length;
  };
  return {
    async tag(selection, add, remove) {
      const { undo, note } = before.begin();
      return { undo, changed: await change(selections.places(selection), { added: tags.clean(add), removed: remove }, note) };
    },
    async undoTag(undo) {
      let changed = 0;
      for (const { was, ids } of before.take(undo)) changed += await change(selections.places({ ids: [...ids] }), { added: was.removed, removed: was.added });
      return changed;
    },
  };
}
