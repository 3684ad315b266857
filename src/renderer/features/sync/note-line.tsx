import clsx from 'clsx';
import { RefreshCw, X } from 'lucide-react';
import { useId } from 'react';
import type { SyncDocument } from '../../../shared/model/sync';
import { useText } from '../../stores/text';
import { useSync } from '../../stores/use-app';
import { Button, IconButton } from '../../ui/button';
import { inputClass } from '../../ui/field';
import { useDocumentActions } from './use-document-actions';
import { useWaitingNote } from './use-waiting-note';

const LONGEST_NOTE = 300;
/** From here on it is said how long the note is: what goes beyond the end is not taken. */
const COUNTED_FROM = 250;

/** What the next version is called, and the button that makes one now. */
export const NoteLine = ({ document }: { readonly document: SyncDocument }) => {
  const { t, number } = useText();
  const actions = useDocumentActions();
  const allPaused = useSync((view) => view.paused);
  const note = useWaitingNote(document);
  const [waits, counted] = [useId(), useId()];
  const { length } = note.value;
  const described = [document.note === '' ? null : waits, length < COUNTED_FROM ? null : counted].filter((id) => id !== null).join(' ');
  const run = async (): Promise<void> => {
    const said = note.value.trim();
    if (await actions.run(document, said)) note.done(said);
  };
  return (
    <form
      className="flex min-w-0 flex-1 basis-72 flex-wrap items-center gap-x-2"
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      <div className="relative min-w-0 flex-1">
        <input
          aria-label={t('syncNote')}
          aria-describedby={described === '' ? undefined : described}
          placeholder={t('syncNotePlaceholder')}
          value={note.value}
          maxLength={LONGEST_NOTE}
          spellCheck={false}
          onChange={(event) => note.change(event.target.value)}
          onBlur={note.keep}
          className={`${inputClass} pe-9`}
        />
        {note.value === '' ? null : (
          <span className="absolute end-0 top-0">
            <IconButton label={t('syncNoteTakeBack')} onClick={() => note.change('')}>
              <X size={16} aria-hidden />
            </IconButton>
          </span>
        )}
      </div>
      <Button type="submit" icon={<RefreshCw size={16} aria-hidden />} disabled={document.running}>
        {t(document.paused || allPaused ? 'syncOnce' : 'syncNow')}
      </Button>
      <p id={counted} role="status" className={clsx('num basis-full text-small empty:hidden', length < LONGEST_NOTE ? 'text-text-2' : 'text-warn')}>
        {length < COUNTED_FROM ? null : t(length < LONGEST_NOTE ? 'syncNoteLength' : 'syncNoteFull', { length: number(length), most: number(LONGEST_NOTE) })}
      </p>
      {document.note === '' ? null : (
        <p id={waits} className="basis-full text-small text-text-2">
          {t('syncNoteWaits')}
        </p>
      )}
    </form>
  );
};
