import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useSay } from '../../stores/said';
import { useText } from '../../stores/text';
import { useCall } from '../../stores/use-actions';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { TagField } from './tag-field';
import { useFacets } from './use-facets';
import type { Chosen } from './use-selection';

const SUGGESTED = 12;
const sameTag = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Tags to add to a selection and tags to take from it, in one go. */
export const TagsDialog = ({ chosen, onDone }: { readonly chosen: Chosen; readonly onDone: () => void }) => {
  const { t, number } = useText();
  const call = useCall();
  const say = useSay();
  const facets = useFacets();
  const [add, setAdd] = useState<readonly string[]>([]);
  const [remove, setRemove] = useState<readonly string[]>([]);
  const suggested = (facets?.tags ?? []).map(({ name }) => name).filter((name) => ![...add, ...remove].some((tag) => sameTag(tag, name))).slice(0, SUGGESTED);
  const run = async (): Promise<void> => {
    onDone();
    const input = { selection: chosen.selection, add: [...add], remove: [...remove] };
    const done = await call('library:tag', input);
    if (done === undefined) return;
    const undo = async (): Promise<void> => {
      const back = await call('library:undo-tag', { undo: done.undo });
      if (back !== undefined) say({ title: { key: 'changeUndone', params: { count: back.changed, formatted: number(back.changed) } } });
    };
    say({ title: { key: 'tagsDone', params: { count: done.changed, formatted: number(done.changed) } }, ...(done.changed === 0 ? {} : { action: { label: { key: 'undo' }, onPress: () => void undo() } }) });
  };
  return (
    <Dialog
      open
      onClose={onDone}
      title={t('tagsTitle', { count: chosen.count, formatted: `${number(chosen.count)}${chosen.exact ? '' : '+'}` })}
      closeLabel={t('close')}
      footer={
        <>
          <Button onClick={onDone}>{t('cancel')}</Button>
          <Button look="primary" disabled={add.length + remove.length === 0} onClick={() => void run()}>
            {t('tagsSave')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <TagField label={t('tagsAdd')} placeholder={t('tagsPlaceholder')} tags={add} known={(facets?.tags ?? []).map(({ name }) => name)} autoFocus onChange={setAdd} />
        {suggested.length === 0 ? null : (
          <div role="group" aria-label={t('tagsSuggested')} className="flex flex-wrap gap-1.5">
            {suggested.map((name) => (
              <Button key={name} size="s" icon={<Plus size={12} aria-hidden />} className="!max-w-60" onClick={() => setAdd([...add, name])}>
                <span className="truncate">{name}</span>
              </Button>
            ))}
          </div>
        )}
        <TagField label={t('tagsRemove')} placeholder={t('tagsPlaceholder')} tags={remove} known={(facets?.tags ?? []).map(({ name }) => name)} onChange={setRemove} />
      </div>
    </Dialog>
  );
};
