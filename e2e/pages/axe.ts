import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** What fades is seen as it will be, and what begins to fade a frame later, too, as after a window's new size; what turns without end is not waited for. */
const atRest = (page: Page): Promise<unknown> =>
  page.evaluate(async () => {
    const frame = (): Promise<unknown> => new Promise((drawn) => requestAnimationFrame(drawn));
    for (let still = 0; still < 3; ) {
      await frame();
      const fading = document.getAnimations().filter(({ playState, effect }) => playState === 'running' && Number.isFinite(Number(effect?.getComputedTiming().endTime)));
      still = fading.length === 0 ? still + 1 : 0;
      await Promise.allSettled(fading.map(({ finished }) => finished));
    }
  });

/** What comes or goes meanwhile, as a notice whose time is over, does so at once: half faded, its words would be of a colour that nobody reads. */
const withoutMotion = async <T>(page: Page, look: () => Promise<T>): Promise<T> => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  try {
    return await look();
  } finally {
    await page.emulateMedia({ reducedMotion: null });
  }
};

/** What axe calls serious or critical, as one line each. */
export const seriousIn = async (page: Page): Promise<readonly string[]> => {
  await atRest(page);
  // Electron offers no second target, which the usual mode wants (dequelabs/axe-core-npm#1141).
  const { violations } = await withoutMotion(page, () => new AxeBuilder({ page }).setLegacyMode(true).analyze());
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary ?? ''}`).join(' | ')}`);
};
