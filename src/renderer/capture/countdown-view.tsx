import { useEffect, useState } from 'react';
import { useText } from '../stores/text';
import { Button } from '../ui/button';
import { useCaptureClient } from './capture-page';
import { useLeave, useReady } from './use-capture-page';

/** How long is left until the capture; the window takes no keys, so that menus stay open. */
export const CountdownView = ({ seconds }: { readonly seconds: number }) => {
  const { t } = useText();
  const { client, token } = useCaptureClient();
  const { cancel } = useLeave();
  const [left, setLeft] = useState(seconds);
  useReady(true);
  useEffect(() => {
    const started = performance.now();
    const timer = setInterval(() => {
      const now = Math.max(0, Math.ceil(seconds - (performance.now() - started) / 1000));
      setLeft(now);
      if (now > 0) return;
      clearInterval(timer);
      void client.call('capturing:elapsed', { token });
    }, 100);
    return () => clearInterval(timer);
  }, [client, token, seconds]);
  return (
    <div className="flex h-full items-center gap-4 border border-line bg-surface px-4">
      <span aria-hidden className="num w-10 shrink-0 text-center text-title font-semibold text-accent">
        {left}
      </span>
      <span role="timer" className="min-w-0 flex-1">
        {t('captureCountdown', { count: left })}
      </span>
      <Button onClick={cancel}>{t('captureCancel')}</Button>
    </div>
  );
};
