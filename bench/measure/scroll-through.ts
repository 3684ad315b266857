export type Scrolled = {
  /** Tasks that took more than 50 ms, in milliseconds, the longest first. */
  readonly longTasks: readonly number[];
  /** From one frame to the next, in milliseconds. */
  readonly frames: readonly number[];
  /** Whether the last line was on screen in the end. */
  readonly atEnd: boolean;
};

/** Selectors: what scrolls, and its last line, with all that it shows. */
type Place = { readonly box: string; readonly end: string };

/**
 * Runs inside the window's page. Goes from the top to the bottom as people do: stretches of wheel steps and of whole screens at the top, in the middle
 * and at the end, and the scrollbar dragged over everything in between.
 */
export const scrollThrough = async (place: Place): Promise<Scrolled> => {
  const box = document.querySelector<HTMLElement>(place.box);
  if (box === null) throw new Error('no list');
  const long: number[] = [];
  const note = (entries: PerformanceEntryList): void => entries.forEach(({ duration }) => void (duration > 50 && long.push(duration)));
  const observer = new PerformanceObserver((list) => note(list.getEntries()));
  observer.observe({ type: 'longtask' });
  const frames: number[] = [];
  let last = 0;
  const frame = async (): Promise<void> => {
    const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
    if (last > 0) frames.push(now - last);
    last = now;
  };
  const by = async (step: number, times: number): Promise<void> => {
    for (let n = 0; n < times; n += 1) {
      box.scrollTop += step;
      await frame();
    }
  };
  const dragTo = async (share: number, times: number): Promise<void> => {
    const from = box.scrollTop;
    const to = (box.scrollHeight - box.clientHeight) * share;
    for (let n = 1; n <= times; n += 1) {
      box.scrollTop = from + ((to - from) * n) / times;
      await frame();
    }
  };
  const stretch = async (): Promise<void> => {
    await by(120, 60);
    await by(box.clientHeight, 60);
  };
  box.scrollTop = 0;
  await stretch();
  await dragTo(0.5, 150);
  await stretch();
  await dragTo(1, 150);
  await by(-box.clientHeight, 60);
  await by(box.clientHeight, 70);
  const end = (): boolean => box.querySelector(place.end) !== null;
  for (let n = 0; n < 120 && !end(); n += 1) await frame();
  note(observer.takeRecords());
  observer.disconnect();
  return { longTasks: long.sort((a, b) => b - a), frames, atEnd: end() };
};
