import { useText, type TextKey } from '../../stores/text';
import { useApp } from '../../stores/use-app';
import { KeyGroup } from '../../ui/bits';
import { Dialog } from '../../ui/dialog';

type Row = { readonly keys: readonly string[]; readonly what: TextKey };

const groupsOf = (command: string): readonly { readonly heading: TextKey; readonly rows: readonly Row[] }[] => [
  {
    heading: 'resolverKeysMove',
    rows: [
      { keys: ['J', 'F8', `${command} PgDn`], what: 'resolverKeyNextOpen' },
      { keys: ['K', '⇧ F8', `${command} PgUp`], what: 'resolverKeyPreviousOpen' },
      { keys: ['↓', `${command} ↓`], what: 'resolverKeyNext' },
      { keys: ['↑', `${command} ↑`], what: 'resolverKeyPrevious' },
      { keys: ['/', `${command} F`], what: 'resolverKeyFilter' },
      { keys: ['→', '←'], what: 'resolverKeyExpand' },
    ],
  },
  {
    heading: 'resolverKeysDecide',
    rows: [
      { keys: ['B', `${command} 1`], what: 'resolverKeyBase' },
      { keys: ['M', `${command} 2`], what: 'resolverKeyMine' },
      { keys: ['T', `${command} 3`], what: 'resolverKeyTheirs' },
      { keys: ['A'], what: 'resolverKeyBoth' },
      { keys: ['⇧ A'], what: 'resolverKeyBothTheirs' },
      { keys: ['⇧ M'], what: 'resolverKeyAllMine' },
      { keys: ['⇧ T'], what: 'resolverKeyAllTheirs' },
      { keys: ['Enter'], what: 'resolverKeyEdit' },
      { keys: ['Backspace'], what: 'resolverKeyReset' },
    ],
  },
  {
    heading: 'resolverKeysEdit',
    rows: [
      { keys: [`${command} Enter`], what: 'resolverKeyEditDone' },
      { keys: ['Esc'], what: 'resolverKeyEditAside' },
    ],
  },
  {
    heading: 'resolverKeysDone',
    rows: [
      { keys: [`${command} Z`], what: 'resolverKeyUndo' },
      { keys: [`${command} ⇧ Z`], what: 'resolverKeyRedo' },
      { keys: [`${command} Enter`], what: 'resolverKeyApply' },
      { keys: ['Esc'], what: 'resolverKeyLater' },
      { keys: ['?'], what: 'resolverKeySheet' },
    ],
  },
];

/** All keys of this screen. */
export const ResolverKeys = ({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) => {
  const { t } = useText();
  const { info } = useApp();
  return (
    <Dialog open={open} onClose={onClose} title={t('resolverKeysTitle')} closeLabel={t('close')} wide>
      <div className="gap-x-8 min-[640px]:columns-2">
        {groupsOf(info.platform === 'darwin' ? '⌘' : 'Ctrl').map((group) => (
          <KeyGroup key={group.heading} heading={t(group.heading)} rows={group.rows.map(({ what, keys }) => ({ what: t(what), keys }))} className="mb-4 break-inside-avoid" />
        ))}
      </div>
    </Dialog>
  );
};
