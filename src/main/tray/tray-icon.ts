import type { TrayIcon } from './contract';

const STEPS = 8;

/** The icon for how far the uploads are; `fraction` is null when none runs. */
export const trayIcon = (fraction: number | null, paused: boolean): TrayIcon => {
  if (paused) return 'paused';
  if (fraction === null) return 'idle';
  const step = Math.max(1, Math.min(STEPS, Math.ceil(fraction * STEPS)));
  return `busy-${step}` as TrayIcon;
};
