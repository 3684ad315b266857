import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useImperativeHandle, useRef, useState, type KeyboardEvent, type Ref } from 'react';
import type { Job } from '../../../shared/model/job';
import { isLive, nextInState } from '../../stores/queue-state';
import { useText } from '../../stores/text';
import { useActions, useCall } from '../../stores/use-actions';
import { useApp, useQueue } from '../../stores/use-app';
import { canBeCompared } from './job-menu';
import { JobRow } from './job-row';

const ROW = 60;
const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };

/** Lets what stands beside the list lead into it. */
export type QueueListHandle = {
  /** Gives the keyboard to the next row in that state; again, to the one after it. */
  readonly show: (state: Job['state']) => void;
};

/** What a row's own keys do; true when the key was one of them. */
const useRowKeys = (): ((id: string, key: string) => boolean) => {
  const { queue, fates, ui } = useApp();
  const { copyLinks } = useActions();
  const call = useCall();
  return (id, key) => {
    const job = queue.getState().state.byId.get(id);
    if (job === undefined) return false;
    const linked = job.uploadId !== null && job.url !== null && !fates.getState().has(job.uploadId);
    if (key === 'Enter' && linked) void copyLinks([job.uploadId], null, job.name);
    else if (key === 'Enter' && (job.state === 'failed' || job.state === 'cancelled')) void call('queue:retry', { ids: [id] });
    else if (key === ' ' && job.kind !== 'video' && canBeCompared(job)) ui.setState({ compared: { kind: 'jobs', ids: [id] } });
    else if (key === 'Delete' || key === 'Backspace') void call(isLive(job) ? 'queue:cancel' : 'queue:dismiss', { ids: [id] });
    else return false;
    return true;
  };
};

/** The queue, only as many rows as are seen; arrows move, the row's own keys act. */
export const QueueList = ({ ref }: { readonly ref: Ref<QueueListHandle> }) => {
  const { t } = useText();
  const { queue: store } = useApp();
  const order = useQueue((queue) => queue.order);
  const box = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const rowKeys = useRowKeys();
  const current = Math.min(active, order.length - 1);
  // The row with the keyboard stays drawn: scrolling by wheel must take neither the focus nor the list's tab stop away.
  const rangeExtractor = useCallback(
    (range: Range): number[] => {
      const seen = defaultRangeExtractor(range);
      return seen.includes(current) || current < 0 ? seen : [...seen, current].sort((a, b) => a - b);
    },
    [current],
  );
  // One function for one order: with another one every place in the list is worked out anew.
  const itemKey = useCallback((index: number) => order[index] ?? index, [order]);
  const virtualizer = useVirtualizer({
    count: order.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    getItemKey: itemKey,
    rangeExtractor,
    // Rows that scroll in are drawn with the next frame instead of within the event.
    useFlushSync: false,
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
    if (!(event.target instanceof HTMLElement)) return;
    const row = event.target.dataset['row'];
    if (row !== undefined && rowKeys(order[Number(row)] ?? '', event.key)) {
      event.preventDefault();
      return;
    }
    const step = steps[event.key];
    if (step === undefined || event.target.closest('[role=listitem]') === null) return;
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
