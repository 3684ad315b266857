import { useEffect, useRef, useState } from 'react';
import { useText } from '../../stores/text';
import { useQueue } from '../../stores/use-app';

const EVERY_MS = 1000;

/** Tells assistive technology how the queue goes, at most once a second. */
export const Announcer = () => {
  const { t } = useText();
  const summary = useQueue((queue) => queue.summary);
  const [said, setSaid] = useState('');
  const last = useRef({ at: 0, ended: summary.done + summary.failed });
  const ended = summary.done + summary.failed;
  const busy = summary.active + summary.waiting > 0;
  const words =
    ended === last.current.ended
      ? null
      : busy
        ? t('announceQueue', { done: summary.done, total: summary.total, failed: summary.failed })
        : t('announceDone', { done: summary.done, failed: summary.failed });
  useEffect(() => {
    if (words === null) return undefined;
    const timer = setTimeout(() => {
      last.current = { at: Date.now(), ended };
      setSaid(words);
    }, Math.max(0, last.current.at + EVERY_MS - Date.now()));
    return () => clearTimeout(timer);
  }, [words, ended]);
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {said}
    </div>
  );
};
