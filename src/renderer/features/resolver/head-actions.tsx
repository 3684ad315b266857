import { ChevronDown, ChevronUp, Ellipsis, Keyboard, Redo2, Settings2, Undo2 } from 'lucide-react';
import type { ResolverView } from '../../../shared/model/resolver';
import { useText } from '../../stores/text';
import { useActions } from '../../stores/use-actions';
import { useSettings } from '../../stores/use-app';
import { Button, IconButton } from '../../ui/button';
import { Menu, type MenuEntry } from '../../ui/menu';
import { useResolver } from './resolver-context';
import type { ScreenActs } from './use-resolver-keys';

type HeadActionsProps = { readonly view: ResolverView; readonly acts: ScreenActs; readonly applying: boolean; /** There is room for all of them. */ readonly roomy: boolean; readonly onReplace: (side: 'mine' | 'theirs') => void };

const useTakeEntries = (view: ResolverView, onReplace: HeadActionsProps['onReplace']): readonly MenuEntry[] => {
  const { t, number } = useText();
  const resolver = useResolver();
  const count = { count: view.open, formatted: number(view.open) };
  return [
    ...(view.open === 0
      ? [{ kind: 'heading', label: t('resolverTakeAllNone') } as const]
      : [
          { label: t('resolverTakeAllMine', count), onSelect: () => resolver.takeAll('mine') },
          { label: t('resolverTakeAllTheirs', count), onSelect: () => resolver.takeAll('theirs') },
        ]),
    { kind: 'separator' },
    { label: t('resolverReplaceMine'), danger: true, onSelect: () => onReplace('mine') },
    { label: t('resolverReplaceTheirs'), danger: true, onSelect: () => onReplace('theirs') },
  ];
};

const useLookEntries = (): readonly MenuEntry[] => {
  const { t } = useText();
  const look = useSettings((settings) => settings.resolverLook);
  const { setSettings } = useActions();
  const set = (change: Partial<typeof look>): void => void setSettings({ resolverLook: { ...look, ...change } });
  return [
    { label: t('resolverColumns'), checked: look.layout === 'columns', onSelect: () => set({ layout: 'columns' }) },
    { label: t('resolverStacked'), checked: look.layout === 'stacked', onSelect: () => set({ layout: 'stacked' }) },
    { kind: 'separator' },
    { label: t('resolverResult'), checked: look.result, onSelect: () => set({ result: !look.result }) },
    { label: t('resolverAdvance'), checked: look.advance, onSelect: () => set({ advance: !look.advance }) },
  ];
};

/** Moving, undoing, taking all, and the two ways out. */
export const HeadActions = ({ view, acts, applying, roomy, onReplace }: HeadActionsProps) => {
  const { t } = useText();
  const resolver = useResolver();
  const takeEntries = useTakeEntries(view, onReplace);
  const lookEntries = useLookEntries();
  const blocked = view.blocked !== null;
  return (
    <>
      <span className="flex items-center">
        <IconButton label={t('resolverPrevious')} disabled={view.open === 0} onClick={() => resolver.move(true, true)}>
          <ChevronUp size={16} aria-hidden />
        </IconButton>
        <IconButton label={t('resolverNext')} disabled={view.open === 0} onClick={() => resolver.move(false, true)}>
          <ChevronDown size={16} aria-hidden />
        </IconButton>
      </span>
      <span className="flex items-center">
        <IconButton label={t('resolverUndo')} disabled={!view.canUndo} onClick={() => resolver.step('undo')}>
          <Undo2 size={16} aria-hidden />
        </IconButton>
        <IconButton label={t('resolverRedo')} disabled={!view.canRedo} onClick={() => resolver.step('redo')}>
          <Redo2 size={16} aria-hidden />
        </IconButton>
      </span>
      {roomy ? (
        <>
          <Menu
            trigger={
              <Button>
                {t('resolverTakeAll')}
                <ChevronDown size={14} aria-hidden />
              </Button>
            }
            entries={takeEntries}
          />
          <span className="flex items-center">
            <Menu
              trigger={
                <IconButton label={t('resolverMore')}>
                  <Settings2 size={16} aria-hidden />
                </IconButton>
              }
              entries={lookEntries}
            />
            <IconButton label={t('resolverKeys')} onClick={acts.keys}>
              <Keyboard size={16} aria-hidden />
            </IconButton>
          </span>
        </>
      ) : (
        <Menu
          trigger={
            <IconButton label={t('resolverMore')}>
              <Ellipsis size={16} aria-hidden />
            </IconButton>
          }
          entries={[...takeEntries, { kind: 'separator' }, ...lookEntries, { kind: 'separator' }, { label: t('resolverKeys'), onSelect: acts.keys }]}
        />
      )}
      <Button onClick={acts.later}>{t('resolverLater')}</Button>
      <Button look="primary" aria-disabled={blocked || applying} aria-describedby="resolver-valid" onClick={acts.apply} className={blocked ? 'opacity-60' : ''}>
        {t(applying ? 'resolverApplying' : 'resolverApply')}
      </Button>
    </>
  );
};
