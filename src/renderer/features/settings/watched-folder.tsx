import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useText } from '../../stores/text';
import { IconButton } from '../../ui/button';
import { Field, Input } from '../../ui/field';

type WatchedFolderProps = {
  readonly folder: { readonly path: string; readonly pattern: string };
  readonly missing: boolean;
  /** Called when the field is left or Enter is pressed. */
  readonly onPattern: (pattern: string) => void;
  readonly onRemove: () => void;
};

/** A folder of one's choice with the names that count in it. */
export const WatchedFolder = ({ folder: { path, pattern }, missing, onPattern, onRemove }: WatchedFolderProps) => {
  const { t } = useText();
  const [draft, setDraft] = useState(pattern);
  useEffect(() => setDraft(pattern), [pattern]);
  const keep = (): void => {
    if (draft.trim() !== pattern) onPattern(draft.trim());
  };
  return (
    <section aria-label={path} className="flex flex-col gap-1.5 rounded-s border border-line p-2.5">
      <div className="flex items-center gap-2">
        <span className="min-w-0 flex-1 select-text break-all">{path}</span>
        <IconButton size="s" label={t('watcherFolderRemove', { path })} onClick={onRemove}>
          <X size={14} aria-hidden />
        </IconButton>
      </div>
      {missing ? <p className="said text-small text-danger">{t('watcherFolderMissing')}</p> : null}
      <Field label={t('watcherPattern')} help={t('watcherPatternHelp')}>
        <Input
          value={draft}
          onChange={setDraft}
          onBlur={keep}
          aria-label={t('watcherPatternOf', { path })}
          maxLength={200}
          onKeyDown={(event) => {
            if (event.key === 'Enter') keep();
          }}
        />
      </Field>
    </section>
  );
};
