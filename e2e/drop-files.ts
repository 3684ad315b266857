import type { Page } from '@playwright/test';

/** Drops files from the system onto a point of the page: a true drop, with File objects that have paths. */
export const dropFiles = async (page: Page, paths: readonly string[], at: { readonly x: number; readonly y: number } = { x: 500, y: 300 }): Promise<void> => {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await session.send('Input.dispatchDragEvent', { type, ...at, data });
  await session.detach();
};
