import { expect, type Page } from '@playwright/test';

type Invoke = { readonly picferry: { readonly invoke: (name: string, input: unknown) => Promise<unknown> } };
export type Look = { readonly theme?: 'light' | 'dark' | 'contrast'; readonly language?: 'en' | 'zh-CN' };

/** Changes theme or language as the palette does, and waits until the page shows it. */
export const setLook = async (page: Page, look: Look): Promise<void> => {
  await page.evaluate((patch) => (window as unknown as Invoke).picferry.invoke('settings:set', patch), look);
  if (look.theme !== undefined) await expect(page.locator('html')).toHaveAttribute('data-theme', look.theme);
  if (look.language !== undefined) await expect(page.locator('html')).toHaveAttribute('lang', look.language);
};

/** The sections of the settings, in their order. */
export const sections = ['accounts', 'uploading', 'pictures', 'shortcuts', 'watchers', 'desktop', 'links', 'capture', 'api', 'network', 'appearance', 'data', 'about'] as const;

/** Shows a section of the settings by its place in the list, whatever the language. */
export const showSection = async (page: Page, section: (typeof sections)[number]): Promise<void> => {
  await page.keyboard.press('Control+,');
  await page.getByRole('tab').nth(sections.indexOf(section)).click();
};
