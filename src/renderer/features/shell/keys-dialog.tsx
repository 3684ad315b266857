import { useText, type TextKey } from '../../stores/text';
import { useApp, useUi } from '../../stores/use-app';
import { KeyGroup } from '../../ui/bits';
import { Dialog } from '../../ui/dialog';

type Row = { readonly keys: readonly string[]; readonly what: TextKey };

const rows = (command: string): readonly { readonly heading: TextKey; readonly rows: readonly Row[] }[] => [
  {
    heading: 'keysAnywhere',
    rows: [
      { keys: [command, 'K'], what: 'keyPalette' },
      { keys: [command, 'V'], what: 'keyPaste' },
      { keys: [command, 'O'], what: 'keyChoose' },
      { keys: [command, '⇧', 'C'], what: 'keyCopyNewest' },
      { keys: [command, '1'], what: 'keyUpload' },
      { keys: [command, '2'], what: 'keyLibrary' },
      { keys: [command, '3'], what: 'keyAlbums' },
      { keys: [command, '4'], what: 'keySync' },
      { keys: [command, ','], what: 'keySettings' },
      { keys: [command, 'Z'], what: 'keyUndo' },
      { keys: ['?'], what: 'keySheet' },
    ],
  },
  {
    heading: 'keysLists',
    rows: [
      { keys: ['↑', '↓'], what: 'keyMove' },
      { keys: ['⇧', '↑', '↓'], what: 'keyExtend' },
      { keys: [command, 'A'], what: 'keySelectAll' },
      { keys: ['Enter'], what: 'keyCopy' },
      { keys: ['Space'], what: 'keyPreview' },
      { keys: [command, 'I'], what: 'keyDetails' },
      { keys: [command, 'F'], what: 'keyFind' },
      { keys: ['Delete'], what: 'keyDelete' },
    ],
  },
];

export const KeysDialog = () => {
  const { t } = useText();
  const { ui, info } = useApp();
  const open = useUi((state) => state.overlay === 'keys');
  return (
    <Dialog open={open} onClose={() => ui.setState({ overlay: 'none' })} title={t('keysTitle')} closeLabel={t('close')} wide>
      <div className="grid gap-x-8 gap-y-4 min-[640px]:grid-cols-2">
        {rows(info.platform === 'darwin' ? '⌘' : 'Ctrl').map((group) => (
          <KeyGroup key={group.heading} heading={t(group.heading)} rows={group.rows.map(({ what, keys }) => ({ what: t(what), keys }))} />
        ))}
      </div>
    </Dialog>
  );
};
