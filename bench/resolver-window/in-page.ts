/** Functions that run inside the window's page: each stands alone, nothing from around it comes along. */

/** Starts waiting for the next key; `painted` tells the milliseconds from that key's own time stamp to the first frame that shows what it did. */
export const watch = (what: 'opened' | 'heard'): void => {
  const page = window as unknown as { painted: Promise<number> };
  const heard = (): string => document.querySelector('[data-testid="resolver-heard"]')?.textContent ?? '';
  const before = heard();
  page.painted = new Promise((resolve) => {
    let pressed = 0;
    window.addEventListener('keydown', ({ timeStamp }) => void (pressed = timeStamp), { capture: true, once: true });
    const channel = new MessageChannel();
    channel.port1.onmessage = () => resolve(performance.now() - pressed);
    const observer = new MutationObserver(() => {
      const done = what === 'opened' ? document.querySelector('[data-place][tabindex="0"]') !== null && document.querySelector('[data-testid="place"]') !== null : heard() !== before;
      if (pressed === 0 || !done) return;
      observer.disconnect();
      // A frame's callbacks run before it is drawn, the next task after it.
      requestAnimationFrame(() => channel.port2.postMessage(null));
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['tabindex'] });
  });
};

export const painted = (): Promise<number> => (window as unknown as { painted: Promise<number> }).painted;

type Noted = { longest: number; rows: number };

/** Notes the longest task and the most rows drawn, from now on. */
export const note = (): void => {
  const page = window as unknown as { noted: Noted };
  page.noted = { longest: 0, rows: 0 };
  new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => (page.noted.longest = Math.max(page.noted.longest, duration)))).observe({ type: 'longtask' });
  const count = (): void => {
    page.noted.rows = Math.max(page.noted.rows, document.querySelectorAll('[role="row"]').length);
    requestAnimationFrame(count);
  };
  requestAnimationFrame(count);
};

/** What `note` has noted since it began, or since the last call of this. */
export const noted = (): Noted => {
  const page = window as unknown as { noted: Noted };
  const found = page.noted;
  page.noted = { longest: 0, rows: 0 };
  return found;
};
