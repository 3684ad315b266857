import { ChevronDown, ChevronUp } from 'lucide-react';
import { useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { inBarOrder } from '../../stores/operation-words';
import { useText } from '../../stores/text';
import { useOperations } from '../../stores/use-app';
import { Button } from '../../ui/button';
import { OperationRow } from './operation-row';
import { OperationSheet } from './operation-sheet';
import { OperationsAnnouncer } from './operations-announcer';
import { useUndoKey } from './use-undo-key';

const SHOWN = 2;

/** Tells the toasts how high the bar is, so that they stand above it. */
const useFoot = (ref: RefObject<HTMLElement | null>, shown: boolean): void => {
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null || !shown) return undefined;
    const root = document.documentElement.style;
    const tell = (): void => root.setProperty('--foot', `${element.offsetHeight}px`);
    tell();
    const observer = new ResizeObserver(tell);
    observer.observe(element);
    return () => {
      observer.disconnect();
      root.removeProperty('--foot');
    };
  }, [ref, shown]);
};

/** The foot of every screen while operations wait, run or have ended and were not put away. */
export const OperationsBar = () => {
  const { t } = useText();
  const operations = useOperations();
  const [open, setOpen] = useState<string | null>(null);
  const [all, setAll] = useState(false);
  const bar = useRef<HTMLElement>(null);
  useUndoKey();
  useFoot(bar, operations.length > 0);
  const ordered = inBarOrder(operations);
  const shown = all ? ordered : ordered.slice(0, SHOWN);
  const rest = ordered.length - SHOWN;
  const opened = operations.find(({ id }) => id === open);
  return (
    <>
      {operations.length === 0 ? null : (
        <section ref={bar} aria-label={t('operationsLabel')} className="max-h-[45vh] shrink-0 overflow-y-auto border-t border-line bg-surface px-4 py-1">
          <ul className="flex flex-col divide-y divide-line">
            {shown.map((operation) => (
              <OperationRow key={operation.id} operation={operation} onDetails={setOpen} />
            ))}
          </ul>
          {rest <= 0 ? null : (
            <div className="border-t border-line py-1">
              <Button size="s" look="quiet" aria-expanded={all} icon={all ? <ChevronDown size={14} aria-hidden /> : <ChevronUp size={14} aria-hidden />} onClick={() => setAll(!all)}>
                {all ? t('operationsFewer') : t('operationsMore', { count: rest })}
              </Button>
            </div>
          )}
        </section>
      )}
      {opened === undefined ? null : <OperationSheet key={opened.id} operation={opened} onClose={() => setOpen(null)} />}
      <OperationsAnnouncer />
    </>
  );
};
