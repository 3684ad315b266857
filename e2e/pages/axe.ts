import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** What fades is seen as it will be; what turns without end is not waited for. */
const atRest = (page: Page): Promise<unknown> =>
  page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(({ effect }) => Number.isFinite(Number(effect?.getComputedTiming().endTime)))
        .map(({ finished }) => finished),
    ),
  );

/** What axe calls serious or critical, as one line each. */
export const seriousIn = async (page: Page): Promise<readonly string[]> => {
  await atRest(page);
  // Electron offers no second target, which the usual mode wants (dequelabs/axe-core-npm#1141).
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary ?? ''}`).join(' | ')}`);
};
