import type { NewId } from '../../lib/ids';
import { PicferryError, problemOf } from '../../lib/picferry-error';

/** What uploads were before a change of many, so that it can be undone: of the last few changes, until the process ends. */
export interface Formers<V> {
  /** Begins a change. `note` is told what an upload was before. */
  begin(): { readonly undo: string; readonly note: (id: string, was: V) => void };
  /** What was noted, the ids under each value. Throws `undoGone` when the name is unknown, was used or has given way to later ones. */
  take(undo: string): readonly { readonly was: V; readonly ids: readonly string[] }[];
}

/** A message with Undo stays for seconds. */
const KEPT = 3;

export function createFormers<V>(newId: NewId, now: () => number): Formers<V> {
  const kept = new Map<string, Map<string, { readonly was: V; readonly ids: string[] }>>();
  return {
    begin() {
      const undo = newId();
      const groups = new Map<string, { readonly was: V; readonly ids: string[] }>();
      kept.set(undo, groups);
      for (const oldest of [...kept.keys()].slice(0, -KEPT)) kept.delete(oldest);
      return {
        undo,
        note(id, was) {
          const key = JSON.stringify(was);
          const group = groups.get(key);
          if (group === undefined) groups.set(key, { was, ids: [id] });
          else group.ids.push(id);
        },
      };
    },
    take(undo) {
      const groups = kept.get(undo);
      kept.delete(undo);
      if (groups === undefined) throw new PicferryError(problemOf({ kind: 'not_found', message: 'undoGone' }, now()));
      return [...groups.values()];
    },
  };
}
