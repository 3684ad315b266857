import { expect, type Locator, type Page } from '@playwright/test';

/** The entry that keys go to. On a busy machine it is a frame behind the one that is marked, and Enter would take the one before. */
const entryWithKeyboard = (page: Page): Promise<string | null> =>
  page.evaluate(() => {
    const at = document.activeElement;
    return at?.getAttribute('role') === 'option' && at.hasAttribute('data-highlighted') ? at.textContent : null;
  });

/** Opens the list whose field has the keyboard, goes on by `keys` and takes what they lead to. */
export const pickByKeys = async (page: Page, keys: readonly string[]): Promise<void> => {
  await page.keyboard.press('Enter');
  await expect.poll(() => entryWithKeyboard(page)).not.toBeNull();
  for (const key of keys) {
    const before = await entryWithKeyboard(page);
    await page.keyboard.press(key);
    await expect.poll(async () => [null, before].includes(await entryWithKeyboard(page))).toBe(false);
  }
  await page.keyboard.press('Enter');
  await expect(page.getByRole('listbox')).toBeHidden();
};

/** Opens the list whose field has the keyboard and takes the entry of that name by typing it. */
export const pickByName = async (page: Page, entry: string): Promise<void> => {
  await page.keyboard.press('Enter');
  await expect(page.getByRole('option', { name: entry, exact: true })).toBeVisible();
  await page.keyboard.type(entry);
  await expect(page.getByRole('option', { name: entry, exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('listbox')).toBeHidden();
};

/** Takes one of several choices with the mouse, by its label: that is what lies on top, and has to lie still. */
export const takeChoice = async (radio: Locator): Promise<void> => {
  await radio.locator('xpath=ancestor::label').click();
  await expect(radio).toBeChecked();
};
