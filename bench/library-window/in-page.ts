/** Functions that run inside the window's page: each stands alone, nothing from around it comes along. */

/** What is waited for: the rows of a screen that was not there before, or the answer to another question. */
export type Awaited = 'first rows' | 'answer';

/**
 * Starts waiting for the next key; `painted` tells the milliseconds from that key's own time stamp to the first frame that shows
 * what follows from it, all rows of it read. The driver's time is not in it.
 */
export const watch = (what: Awaited): void => {
  const page = window as unknown as { painted: Promise<number> };
  page.painted = new Promise((resolve) => {
    let pressed = 0;
    let asked = what === 'first rows';
    for (const kind of ['keydown', 'beforeinput'])
      window.addEventListener(
        kind,
        ({ timeStamp }) => {
          if (pressed === 0) pressed = timeStamp;
        },
        { capture: true, once: true },
      );
    const channel = new MessageChannel();
    channel.port1.onmessage = () => resolve(performance.now() - pressed);
    const observer = new MutationObserver(() => {
      const grid = document.querySelector('[data-testid="library-scroll"] [role="grid"]');
      const rows = [...(grid?.querySelectorAll('[data-row]') ?? [])];
      const behind = grid?.getAttribute('aria-busy') !== 'false' || rows.some((row) => row.getAttribute('aria-busy') !== 'false');
      if (behind) asked ||= pressed > 0;
      if (pressed === 0 || !asked || behind || rows.length === 0) return;
      observer.disconnect();
      // A frame's callbacks run before it is drawn, the next task after it.
      requestAnimationFrame(() => channel.port2.postMessage(null));
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['aria-busy'] });
  });
};

export const painted = (): Promise<number> => (window as unknown as { painted: Promise<number> }).painted;

export type Scrolled = {
  /** Tasks that took more than 50 ms, in milliseconds, the longest first. */
  readonly longTasks: readonly number[];
  /** From one frame to the next, in milliseconds. */
  readonly frames: readonly number[];
  /** Whether the last upload was on screen in the end. */
  readonly atEnd: boolean;
};

/**
 * Goes from the top to the bottom as people do: stretches of wheel steps and of whole screens at the top, in the middle
 * and at the end, and the scrollbar dragged over everything in between.
 */
export const scrollThrough = async (total: number): Promise<Scrolled> => {
  const box = document.querySelector<HTMLElement>('[data-testid="library-scroll"]');
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
  const end = (): boolean => box.querySelector(`[data-row="${total - 1}"][aria-busy="false"]`) !== null;
  for (let n = 0; n < 120 && !end(); n += 1) await frame();
  note(observer.takeRecords());
  observer.disconnect();
  return { longTasks: long.sort((a, b) => b - a), frames, atEnd: end() };
};
