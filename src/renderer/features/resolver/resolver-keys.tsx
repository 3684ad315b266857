import { useText, type TextKey } from '../../stores/text';
import { useApp } from '../../stores/use-app';
import { Kbd } from '../../ui/bits';
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
      { keys: ['Enter'], what: 'resolverKeyEdit' },
      { keys: ['Backspace'], what: 'resolverKeyReset' },
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
          <section key={group.heading} className="mb-4 break-inside-avoid">
            <h3 className="mb-1 text-small font-medium text-text-2">{t(group.heading)}</h3>
            <dl>
              {group.rows.map((row) => (
                <div key={row.what} className="flex min-h-8 items-center justify-between gap-3">
                  <dt>{t(row.what)}</dt>
                  <dd className="flex shrink-0 flex-wrap justify-end gap-1">
                    {row.keys.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
};
