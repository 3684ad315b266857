import clsx from 'clsx';
import { useEffect, useMemo, useRef } from 'react';
import { useText } from '../../stores/text';
import { useSettings } from '../../stores/use-app';
import { useMedia } from '../../ui/use-media';
import { PlaceFilter } from './place-filter';
import { PlaceList } from './place-list';
import { PlaceView } from './place-view';
import { useResolver, useResolving } from './resolver-context';
import { ResultTree } from './result-tree';

/** As low as this there is room for the values and a few places only. */
const LOW = '(max-height: 480px)';

/** What the place that is selected needs, so that all that can be done there is in sight; the result keeps some lines. */
const PLACE_WITH_RESULT = 'flex max-h-[calc(100%-8rem)] min-h-[60%] flex-none flex-col';

/** The places, the values of the one that is selected, and the result. */
export const WorkArea = ({ roomy }: { readonly roomy: boolean }) => {
  const { t } = useText();
  const resolver = useResolver();
  const withResult = useSettings((settings) => settings.resolverLook.result);
  const editing = useResolving((state) => state.editing);
  const low = useMedia(LOW) && !roomy;
  const scrolls = useRef<{ list: (line: number) => void; tree: (line: number) => void }>({ list: () => undefined, tree: () => undefined });
  const scrollers = useMemo(
    () => ({
      list: (scroll: (line: number) => void): void => void (scrolls.current.list = scroll),
      tree: (scroll: (line: number) => void): void => void (scrolls.current.tree = scroll),
    }),
    [],
  );
  useEffect(() => resolver.onScroll((place, row) => scrolls.current[place](row)), [resolver]);
  return (
    <div className={clsx('flex', roomy ? 'min-h-0 flex-1 flex-row' : 'flex-col')}>
      <p id="resolver-help" className="sr-only">
        {t('resolverHelp')}
      </p>
      <div className={clsx('flex shrink-0 flex-col bg-surface', roomy ? 'w-64 border-r border-line' : `${low ? 'h-21' : 'h-64'} border-b border-line`)}>
        {low ? null : <PlaceFilter />}
        <div className="min-h-0 flex-1">
          <PlaceList scroller={scrollers.list} describedBy="resolver-help" />
        </div>
      </div>
      <div className={clsx('flex min-w-0 flex-col', roomy ? 'min-h-0 flex-1' : 'shrink-0')}>
        <div className={clsx('min-h-0', !roomy ? 'shrink-0' : withResult && !editing ? PLACE_WITH_RESULT : 'flex-[3]')}>
          <PlaceView />
        </div>
        {low ? (
          <div className="border-t border-line bg-surface">
            <PlaceFilter />
          </div>
        ) : null}
        {withResult ? (
          <div className={clsx(roomy ? 'min-h-32 flex-[2]' : 'h-72 shrink-0', roomy && editing && '[@media(max-height:840px)]:hidden')}>
            <ResultTree scroller={scrollers.tree} />
          </div>
        ) : null}
      </div>
    </div>
  );
};
