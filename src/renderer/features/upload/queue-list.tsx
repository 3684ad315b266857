import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useImperativeHandle, useRef, useState, type KeyboardEvent, type Ref } from 'react';
import type { Job } from '../../../shared/model/job';
import { nextInState } from '../../stores/queue-state';
import { useText } from '../../stores/text';
import { useApp, useQueue } from '../../stores/use-app';
import { JobRow } from './job-row';

const ROW = 60;
const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };

/** Lets what stands beside the list lead into it. */
export type QueueListHandle = {
  /** Gives the keyboard to the next row in that state; again, to the one after it. */
  readonly show: (state: Job['state']) => void;
};

/** The queue, only as many rows as are seen; arrows move, the row's own keys act. */
export const QueueList = ({ ref }: { readonly ref: Ref<QueueListHandle> }) => {
  const { t } = useText();
  const { queue: store } = useApp();
  const order = useQueue((queue) => queue.order);
  const box = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const current = Math.min(active, order.length - 1);
  // The row with the keyboard stays drawn: scrolling by wheel must take neither the focus nor the list's tab stop away.
  const rangeExtractor = useCallback(
    (range: Range): number[] => {
      const seen = defaultRangeExtractor(range);
      return seen.includes(current) || current < 0 ? seen : [...seen, current].sort((a, b) => a - b);
    },
    [current],
  );
  const virtualizer = useVirtualizer({
    count: order.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    getItemKey: (index) => order[index] ?? index,
    rangeExtractor,
    overscan: 8,
    paddingStart: 8,
    paddingEnd: 8,
  });
  const focus = useCallback(
    (index: number): void => {
      setActive(index);
      virtualizer.scrollToIndex(index);
      requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-row="${index}"]`)?.focus());
    },
    [virtualizer],
  );
  const shown = useRef<string | null>(null);
  useImperativeHandle(
    ref,
    () => ({
      show: (state) => {
        const next = nextInState(store.getState().state, state, order[current] === shown.current ? current + 1 : current);
        if (next === null) return;
        shown.current = order[next] ?? null;
        focus(next);
      },
    }),
    [store, order, current, focus],
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
