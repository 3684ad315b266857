import { useCallback, useMemo } from 'react';
import { useStore } from 'zustand';
import type { ItemView, ValueSide } from '../../../shared/model/resolver';
import { createKeptPages } from '../../stores/kept-pages';
import { useText } from '../../stores/text';
import { useApp } from '../../stores/use-app';
import { Dialog } from '../../ui/dialog';
import { useResolving } from './resolver-context';
import { VirtualLines } from './virtual-lines';
import { placeText } from './words';

const nothing = (): void => undefined;

/** All lines of a side's value, read as they come into view. */
export const WholeValue = ({ item, side, title, onClose }: { readonly item: ItemView; readonly side: ValueSide; readonly title: string; readonly onClose: () => void }) => {
  const text = useText();
  const { t } = text;
  const { client } = useApp();
  const session = useResolving((state) => state.view?.session) ?? '';
  const lines = useMemo(
    () =>
      createKeptPages(200, async (from, count) => {
        const found = await client.call('resolver:value', { session, id: item.id, side, from, count });
        return { total: found.total, rows: found.lines };
      }),
    [client, session, item.id, side],
  );
  const { rows, total } = useStore(lines.store);
  const onShown = useCallback((first: number, last: number) => void lines.want(first, last), [lines]);
  return (
    <Dialog open onClose={onClose} title={t('resolverWholeValue', { side: title, path: placeText(item.path, text) })} closeLabel={t('close')} wide>
      <div className="h-[60vh] rounded-m border border-line bg-sunken font-mono text-small">
        <VirtualLines label={title} role="grid" count={Math.max(1, total)} height={18} active={-1} onShown={onShown} onKey={nothing} onScroller={nothing}>
          {(line) => (
            <div role="row" aria-rowindex={line + 1} className="flex h-full items-center px-2">
              <span role="gridcell" className="said truncate whitespace-pre">
                {rows.get(line) ?? ''}
              </span>
            </div>
          )}
        </VirtualLines>
      </div>
    </Dialog>
  );
};
