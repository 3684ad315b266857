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
    const observer = new MutationObserver((changes) => {
      const grid = document.querySelector('[data-testid="library-scroll"] [role="grid"]');
      const rows = [...(grid?.querySelectorAll('[data-row]') ?? [])];
      const behind = grid?.getAttribute('aria-busy') !== 'false' || rows.some((row) => row.getAttribute('aria-busy') !== 'false');
      // What was read ahead is there at once: the grid is never behind then.
      const others = changes.some(({ type, target }) => type !== 'attributes' && grid?.contains(target) === true);
      if (behind || others) asked ||= pressed > 0;
      if (pressed === 0 || !asked || behind || rows.length === 0) return;
      observer.disconnect();
      // A frame's callbacks run before it is drawn, the next task after it.
      requestAnimationFrame(() => channel.port2.postMessage(null));
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['aria-busy'] });
  });
};

export const painted = (): Promise<number> => (window as unknown as { painted: Promise<number> }).painted;
