import type { Locator, Page } from '@playwright/test';
import type { Job, QueueSummary } from '../../src/shared/model/job';

export type QueueView = { readonly jobs: readonly Job[]; readonly summary: QueueSummary };

/** The Upload screen. */
export type UploadPage = {
  readonly rows: Locator;
  /** The row of a file by its name. */
  readonly row: (name: string) => Locator;
  /** The line below the queue with its counts and what can be done with all of it. */
  readonly footer: Locator;
  readonly show: () => Promise<void>;
  /** The queue as the window knows it, rows out of sight included. */
  readonly queue: () => Promise<QueueView>;
};

type Invoke = { readonly picferry: { readonly invoke: (name: string, input: unknown) => Promise<{ readonly ok: boolean; readonly value: unknown }> } };

export const uploadPage = (page: Page): UploadPage => {
  const list = page.getByRole('list', { name: 'Uploads', exact: true });
  return {
    rows: list.getByRole('listitem'),
    row: (name) => list.getByRole('listitem', { name, exact: true }),
    footer: page.locator('footer[aria-label]'),
    show: () => page.keyboard.press('Control+1'),
    queue: async () => {
      const answer = await page.evaluate(() => (window as unknown as Invoke).picferry.invoke('queue:snapshot', undefined));
      return answer.value as QueueView;
    },
  };
};
