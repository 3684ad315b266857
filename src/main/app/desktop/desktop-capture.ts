import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { BrowserWindow } from 'electron';
import { createCapture, type Capture } from '../../capture';
import type { Acts, Desktop } from '../../desktop';
import { capturePages, systemScreens } from '../../platform';
import type { AppParts } from '../app-parts';
import { PAGE_ORIGIN } from '../declare-schemes';
import type { Loaded } from '../load-services';
import { letSeeWindows } from '../lock-down';
import { pageBackground, showWindow } from '../main-window';

/** A hidden window is gone from the screen after this. */
const HIDE_MS = 250;

const after = (ms: number, act: () => void): (() => void) => {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
};

type Captured = { readonly capture: Acts['capture'] } & Pick<Desktop, 'captureFromWindow' | 'capturing'>;

export const startCapture = (parts: AppParts, { intake, services }: Loaded, upload: Acts['uploadInputs']): Captured => {
  const { settings } = services;
  const theme = () => settings.current().theme;
  letSeeWindows((id) => parts.sideWindows.roleOf(id) === 'capture');
  const capture: Capture = createCapture({
    screens: systemScreens((id) => BrowserWindow.getAllWindows().some((window) => window.getMediaSourceId() === id)),
    pages: capturePages({
      origin: PAGE_ORIGIN,
      preload: join(parts.programs, '..', 'preload', 'index.js'),
      icon: join(parts.programs, '..', '..', 'resources', 'icon.png'),
      devTools: parts.devTools,
      title: () => parts.texts().t('window:captureTitle'),
      background: () => pageBackground(theme()),
      sideWindows: parts.sideWindows,
    }),
    settings: () => settings.current().capture,
    remember: (lastRegion) => {
      try {
        settings.update((current) => ({ ...current, capture: { ...current.capture, lastRegion } }));
      } catch (error) {
        parts.logger.log('warn', 'the captured region was not remembered', { error });
      }
    },
    look: () => {
      const { language } = settings.current();
      return { language: language === 'system' ? parts.systemLanguage : language, theme: theme() };
    },
    keep: (name, png) => intake.bytes(name, png),
    newId: randomUUID,
    after,
    now: Date.now,
  });

  const captureFromWindow: Captured['captureFromWindow'] = async (kind, { accountId, albumId }) => {
    const seen = parts.windows().filter((window) => window.isVisible() && !window.isMinimized());
    seen.forEach((window) => window.hide());
    try {
      await new Promise<void>((resolve) => void after(HIDE_MS, resolve));
      await capture.start(kind, (inputs) => services.queue.addMany(inputs, { accountId, albumId, force: false, origin: 'window' }));
    } finally {
      seen.filter((window) => !window.isDestroyed()).forEach(showWindow);
    }
  };

  return { capture: (kind, options) => capture.start(kind, (inputs) => upload(inputs, options)), captureFromWindow, capturing: capture.windows };
};
