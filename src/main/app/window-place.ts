import type { Settings } from '../../shared/model/settings';

export type WindowPlace = NonNullable<Settings['window']>;
export type Area = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
export type DisplayFacts = { readonly id: string; readonly workArea: Area };

export const DEFAULT_SIZE = { width: 1040, height: 700 } as const;
export const MIN_SIZE = { width: 640, height: 480 } as const;

const within = (value: number, min: number, max: number): number => Math.max(min, Math.min(value, Math.max(min, max)));

/**
 * Where the window opens: where it was left if that display is still there, moved and shrunk to fit it;
 * otherwise in the middle of the first display (no `x`, `y`).
 */
export const placeWindow = (
  remembered: WindowPlace | null,
  displays: readonly DisplayFacts[],
): { readonly width: number; readonly height: number; readonly x?: number; readonly y?: number } => {
  const area = displays.find(({ id }) => id === remembered?.display)?.workArea;
  if (remembered === null || area === undefined) {
    const first = displays[0]?.workArea;
    return {
      width: within(DEFAULT_SIZE.width, MIN_SIZE.width, first?.width ?? DEFAULT_SIZE.width),
      height: within(DEFAULT_SIZE.height, MIN_SIZE.height, first?.height ?? DEFAULT_SIZE.height),
    };
  }
  const width = within(remembered.width, MIN_SIZE.width, area.width);
  const height = within(remembered.height, MIN_SIZE.height, area.height);
  return {
    width,
    height,
    x: within(remembered.x, area.x, area.x + area.width - width),
    y: within(remembered.y, area.y, area.y + area.height - height),
  };
};
