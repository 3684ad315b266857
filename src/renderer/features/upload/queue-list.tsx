import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useText } from '../../stores/text';
import { useQueue } from '../../stores/use-app';
import { JobRow } from './job-row';

const ROW = 60;
const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };

/** The queue, only as many rows as are seen; arrows move, the row's own keys act. */
export const QueueList = () => {
  const { t } = useText();
  const order = useQueue((queue) => queue.order);
  const box = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const virtualizer = useVirtualizer({
    count: order.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    getItemKey: (index) => order[index] ?? index,
    overscan: 8,
    paddingStart: 8,
    paddingEnd: 8,
  });
  const current = Math.min(active, order.length - 1);
  const focus = useCallback(
    (index: number): void => {
      setActive(index);
      virtualizer.scrollToIndex(index);
      requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-row="${index}"]`)?.focus());
    },
    [virtualizer],
  );
  // A row put away by its key takes the focus with it: the one that moves up gets it.
  const leaving = useRef(false);
  useEffect(() => {
    if (leaving.current && order.length > 0 && document.activeElement === document.body) focus(current);
    leaving.current = false;
  }, [order, focus, current]);
  const keydown = (event: KeyboardEvent): void => {
    if (event.key === 'Delete' || event.key === 'Backspace') leaving.current = true;
    const step = steps[event.key];
    if (step === undefined || !(event.target instanceof HTMLElement) || event.target.closest('[role=listitem]') === null) return;
    event.preventDefault();
    focus(Math.min(order.length - 1, Math.max(0, current + step)));
  };
  return (
    <div ref={box} role="list" aria-label={t('queueLabel')} onKeyDown={keydown} className="h-full overflow-y-auto">
      <div role="presentation" className="relative w-full" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => (
          <div
            key={item.key}
            role="presentation"
            data-index={item.index}
            ref={virtualizer.measureElement}
            className="absolute inset-x-0 top-0"
            style={{ transform: `translateY(${item.start}px)` }}
          >
            <JobRow id={order[item.index] ?? ''} index={item.index} count={order.length} tabbable={item.index === current} onFocus={setActive} />
          </div>
        ))}
      </div>
    </div>
  );
};
