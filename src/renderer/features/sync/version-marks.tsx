import type { SyncVersionRow } from '../../../shared/model/sync';
import { useText, type TextKey } from '../../stores/text';
import { Badge, type Tone } from '../../ui/bits';

const marks: Readonly<Record<SyncVersionRow['marks'][number], { readonly label: TextKey; readonly tone: Tone; readonly help: TextKey | null }>> = {
  here: { label: 'syncMarkHere', tone: 'neutral', help: 'syncMarkHereHelp' },
  merge: { label: 'syncMarkMerge', tone: 'neutral', help: null },
  restored: { label: 'syncMarkRestored', tone: 'neutral', help: null },
  decided: { label: 'syncMarkDecided', tone: 'neutral', help: 'syncMarkDecidedHelp' },
  undone: { label: 'syncMarkUndone', tone: 'neutral', help: 'syncMarkUndoneHelp' },
  'resolved-at-host': { label: 'syncMarkHost', tone: 'neutral', help: null },
  duplicate: { label: 'syncMarkDuplicate', tone: 'neutral', help: 'syncMarkDuplicateHelp' },
};

/** What is special about a version. */
export const VersionMarks = ({ row, newest }: { readonly row: SyncVersionRow; readonly newest: boolean }) => {
  const { t } = useText();
  const helpOf = (mark: SyncVersionRow['marks'][number]): string | null => {
    const { help } = marks[mark];
    if (mark === 'merge' && row.parents.length > 1) return t('syncMarkMergeOf', { versions: row.parents.join(', ') });
    return help === null ? null : t(help);
  };
  return (
    <>
      {newest ? <Badge tone="ok">{t('syncMarkNewest')}</Badge> : null}
      {row.marks.map((mark) => {
        const help = helpOf(mark);
        return (
          <Badge key={mark} tone={marks[mark].tone} {...(help === null ? {} : { title: help })}>
            {t(marks[mark].label)}
          </Badge>
        );
      })}
    </>
  );
};
