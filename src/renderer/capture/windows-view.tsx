import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { CaptureTask } from '../../shared/model/capture';
import { useText } from '../stores/text';
import { Button } from '../ui/button';
import { useCaptureClient } from './capture-page';
import { partToPng, wholeOf } from './pixels';
import { useLeave, useReady } from './use-capture-page';
import { windowSize } from './window-size';

type SeenWindow = Extract<CaptureTask, { kind: 'windows' }>['windows'][number];

/** Where an arrow key leads from the tile at `index`: rows are as wide as those of the first row. */
const nextTile = (tiles: readonly HTMLElement[], index: number, key: string): number | null => {
  const perRow = Math.max(1, tiles.filter(({ offsetTop }) => offsetTop === tiles[0]?.offsetTop).length);
  const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: perRow, ArrowUp: -perRow, Home: -index, End: tiles.length - 1 - index };
  const step = steps[key];
  return step === undefined ? null : Math.max(0, Math.min(tiles.length - 1, index + step));
};

/** Windows of other programs, of which one is chosen. */
export const WindowsView = ({ windows }: { readonly windows: readonly SeenWindow[] }) => {
  const { t } = useText();
  const { client, token } = useCaptureClient();
  const { take, cancel } = useLeave();
  const list = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const [failed, setFailed] = useState(false);
  useReady(true);
  const tiles = (): readonly HTMLElement[] => [...(list.current?.querySelectorAll<HTMLElement>('button') ?? [])];

  useEffect(() => {
    list.current?.querySelector('button')?.focus();
    const onKey = (event: globalThis.KeyboardEvent): void => {
      if (event.key === 'Escape') cancel();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [cancel]);

  const choose = async (id: string): Promise<void> => {
    setFailed(false);
    try {
      await take(async () => {
        const frame = await client.call('capturing:window-frame', { token, id, size: await windowSize(id) });
        return partToPng(frame, wholeOf(frame));
      }, null);
    } catch {
      setFailed(true);
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = nextTile(tiles(), active, event.key);
    if (next === null) return;
    event.preventDefault();
    setActive(next);
    tiles()[next]?.focus();
  };
  return (
    <main className="flex h-full flex-col bg-bg">
      <header className="flex items-center justify-between gap-4 px-5 pb-2 pt-4">
        <div className="min-w-0">
          <h1 className="text-lead font-semibold">{t('captureWindows')}</h1>
          <p role={failed ? 'alert' : undefined} className={failed ? 'text-danger' : 'text-text-2'}>
            {t(failed ? 'captureWindowGone' : 'captureWindowsHelp')}
          </p>
        </div>
        <Button onClick={cancel}>{t('captureCancel')}</Button>
      </header>
      <div ref={list} role="group" aria-label={t('captureWindows')} onKeyDown={onKeyDown} className="grid min-h-0 flex-1 auto-rows-max grid-cols-[repeat(auto-fill,minmax(168px,1fr))] gap-3 overflow-y-auto p-5 pt-2">
        {windows.map(({ id, title, picture }, index) => (
          <button
            key={id}
            type="button"
            tabIndex={index === active ? 0 : -1}
            onFocus={() => setActive(index)}
            onClick={() => void choose(id)}
            className="flex min-w-0 flex-col gap-2 rounded-m border border-line bg-surface p-2 text-left hover:bg-hover"
          >
            <span className="checkerboard flex h-28 items-center justify-center overflow-hidden rounded-s">
              <img src={picture} alt="" className="max-h-full max-w-full object-contain" />
            </span>
            <span className="truncate" title={title}>
              {title.trim() === '' ? t('captureUntitled') : title}
            </span>
          </button>
        ))}
      </div>
    </main>
  );
};
