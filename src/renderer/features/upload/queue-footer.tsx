import { CircleX, Pause, Play, RotateCcw, SplitSquareHorizontal, WifiOff } from 'lucide-react';
import { queueProgress } from '../../stores/queue-state';
import { useText } from '../../stores/text';
import { useCall } from '../../stores/use-actions';
import { useApp, useQueue } from '../../stores/use-app';
import { Badge, Progress } from '../../ui/bits';
import { Button } from '../../ui/button';
import type { QueueListHandle } from './queue-list';

const small = { size: 14, 'aria-hidden': true } as const;

/** The whole queue in one line, and what can be done with all of it. */
export const QueueFooter = ({ onShow }: { readonly onShow: QueueListHandle['show'] }) => {
  const { t, number, speed, span } = useText();
  const summary = useQueue((queue) => queue.summary);
  const call = useCall();
  const { queue, ui } = useApp();
  const compare = (): void => {
    const { order, byId } = queue.getState().state;
    const ids = order.filter((id) => {
      const state = byId.get(id)?.state;
      // One that is just made ready waits as well.
      return state === 'queued' || state === 'preparing';
    });
    if (ids.length > 0) ui.setState({ compared: { kind: 'jobs', ids } });
  };
  const busy = summary.active + summary.waiting > 0;
  const fraction = queueProgress(summary);
  const facts = [
    t('footerCount', { done: number(summary.done), total: number(summary.total) }),
    ...(summary.bytesPerSecond === null || summary.bytesPerSecond === 0 || summary.active === 0 ? [] : [speed(summary.bytesPerSecond)]),
    ...(summary.secondsLeft === null || !busy || summary.paused ? [] : [t('footerTime', { time: span(summary.secondsLeft) })]),
    ...(summary.paused ? [t('footerPaused')] : busy ? [] : summary.failed + summary.unknown === 0 ? [t('footerAllDone')] : []),
  ];
  return (
    <footer aria-label={t('footerLabel')} className="shrink-0 border-t border-line bg-surface">
      <div className="h-0.75">{fraction === null ? null : <Progress label={t('queueProgress')} value={fraction} />}</div>
      <div className="flex min-h-11 flex-wrap items-center gap-x-2 gap-y-1 px-4 py-1.5">
        <span className="num">{facts.join(' · ')}</span>
        {summary.failed > 0 ? (
          <button type="button" title={t('footerShow')} onClick={() => onShow('failed')} className="inline-flex h-6 items-center rounded-s hover:brightness-95">
            <Badge tone="danger">{t('footerFailed', { count: summary.failed })}</Badge>
          </button>
        ) : null}
        {summary.unknown > 0 ? (
          <button type="button" title={t('footerShow')} onClick={() => onShow('unknown')} className="inline-flex h-6 items-center rounded-s hover:brightness-95">
            <Badge tone="warn">{t('footerUnknown', { count: summary.unknown })}</Badge>
          </button>
        ) : null}
        {summary.offline ? (
          <Badge tone="warn" icon={<WifiOff size={12} aria-hidden />}>
            {t('footerOffline')}
          </Badge>
        ) : null}
        {/* In a narrow window the words fit into one line without their signs; the last one is what is used most and keeps its own. */}
        <span className="ml-auto flex flex-wrap items-center justify-end gap-1 max-[700px]:[&>button:not(:last-child)>svg]:hidden">
          {summary.failed > 0 ? (
            <Button size="s" look="quiet" icon={<RotateCcw {...small} />} onClick={() => void call('queue:retry', { allFailed: true })}>
              {t('queueRetryFailed')}
            </Button>
          ) : null}
          {summary.waiting > 0 ? (
            <Button size="s" look="quiet" icon={<SplitSquareHorizontal {...small} />} onClick={compare}>
              {t('comparePlan')}
            </Button>
          ) : null}
          {busy ? (
            <Button size="s" look="quiet" icon={<CircleX {...small} />} onClick={() => void call('queue:cancel', { all: true })}>
              {t('queueCancelRest')}
            </Button>
          ) : null}
          {summary.total > summary.active + summary.waiting ? (
            <Button size="s" look="quiet" onClick={() => void call('queue:dismiss', { finished: true })}>
              {t('queueClear')}
            </Button>
          ) : null}
          {busy || summary.paused ? (
            <Button
              size="s"
              icon={summary.paused ? <Play {...small} /> : <Pause {...small} />}
              onClick={() => void call('queue:pause', { paused: !summary.paused })}
            >
              {t(summary.paused ? 'queueResume' : 'queuePause')}
            </Button>
          ) : null}
        </span>
      </div>
    </footer>
  );
};
