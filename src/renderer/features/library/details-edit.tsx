import { useEffect, useId, useRef, useState } from 'react';
import type { Upload } from '../../../shared/model/upload';
import { useSay } from '../../stores/said';
import { useText } from '../../stores/text';
import { useAttempt, useCall } from '../../stores/use-actions';
import { inputClass } from '../../ui/field';
import { TagField } from './tag-field';

const LONGEST_NOTE = 4000;

/** The tags of one upload: each change is kept at once and can be undone. */
export const OwnTags = ({ upload }: { readonly upload: Upload }) => {
  const { t } = useText();
  const call = useCall();
  const say = useSay();
  const set = async (tags: readonly string[], before: readonly string[], undoable: boolean): Promise<void> => {
    const add = tags.filter((tag) => !before.includes(tag));
    const remove = before.filter((tag) => !tags.includes(tag));
    const done = await call('library:tag', { selection: { ids: [upload.id] }, add, remove });
    if (done === undefined || !undoable) return;
    say({ title: { key: remove.length > 0 ? 'tagRemoved' : 'tagAdded', params: { name: [...remove, ...add].join(', ') } }, action: { label: { key: 'undo' }, onPress: () => void set(before, tags, false) } });
  };
  return <TagField label={t('detailsTags')} placeholder={t('tagsPlaceholder')} tags={upload.tags} known={[]} onChange={(tags) => void set(tags, upload.tags, true)} />;
};

/**
 * A note to oneself: kept with Enter or when it is left, be it by a key that shows something else, and can be undone.
 * A note that changes elsewhere shows unless something else is being written; who writes on while it is kept goes on writing.
 */
export const NoteField = ({ id, note, onSaved }: { readonly id: string; readonly note: string; readonly onSaved: () => void }) => {
  const { t } = useText();
  const attempt = useAttempt();
  const say = useSay();
  const field = useId();
  const [draft, setDraft] = useState(note);
  const [seen, setSeen] = useState(note);
  const kept = useRef(note);
  if (note !== seen) {
    setSeen(note);
    if (draft === seen) setDraft(note);
  }
  useEffect(() => {
    kept.current = note;
  }, [note]);
  const write = async (text: string): Promise<boolean> => {
    const before = kept.current;
    kept.current = text;
    const done = await attempt('library:set-note', { id, note: text });
    if (done) onSaved();
    else kept.current = before;
    return done;
  };
  const undo = async (text: string, before: string): Promise<void> => {
    if (await write(before)) setDraft((shown) => (shown === text ? before : shown));
  };
  const save = async (): Promise<void> => {
    const [text, before] = [draft.trim(), kept.current];
    setDraft(text);
    if (text === before.trim() || !(await write(text))) return;
    say({ title: { key: text === '' ? 'noteRemoved' : 'noteSaved' }, action: { label: { key: 'undo' }, onPress: () => void undo(text, before) } });
  };
  const leave = useRef(save);
  leave.current = save;
  useEffect(() => () => void leave.current(), []);
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={field} className="font-medium">
        {t('detailsNote')}
      </label>
      <textarea
        id={field}
        rows={2}
        value={draft}
        maxLength={LONGEST_NOTE}
        placeholder={t('detailsNotePlaceholder')}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={() => void save()}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter' && !event.shiftKey) {
            event.preventDefault();
            event.currentTarget.blur();
          } else if (event.key === 'Escape' && draft !== note) {
            event.preventDefault();
            event.stopPropagation();
            setDraft(note);
          }
        }}
        className={`${inputClass} !h-auto resize-y py-1.5`}
      />
    </div>
  );
};
