import { expect, type Locator, type Page } from '@playwright/test';

/** The Library screen. */
export type LibraryPage = {
  readonly rows: Locator;
  readonly row: (name: string) => Locator;
  readonly show: () => Promise<void>;
  /** Opens a row's menu and chooses from it. */
  readonly choose: (name: string, entry: string) => Promise<void>;
  /** Deletes at the host through menu and question, closes the answer and gives its word. */
  readonly delete: (name: string) => Promise<string>;
};

export const libraryPage = (page: Page): LibraryPage => {
  const rows = page.getByRole('grid', { name: 'Uploads' }).getByRole('row');
  const row = (name: string): Locator => rows.filter({ hasText: name });
  const choose = async (name: string, entry: string): Promise<void> => {
    await row(name).getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: entry }).click();
  };
  return {
    rows,
    row,
    choose,
    show: async () => {
      await page.keyboard.press('Control+2');
      await expect(page.getByRole('heading', { name: 'Library' })).toBeVisible();
    },
    delete: async (name) => {
      await choose(name, 'Delete on the host…');
      await page.getByRole('alertdialog').getByRole('button', { name: 'Delete on the host' }).click();
      const answer = page.getByRole('dialog', { name: 'What happened' });
      const words = await answer.getByRole('listitem').innerText();
      await answer.getByRole('button', { name: 'Close' }).last().click();
      await expect(answer).toBeHidden();
      return words.replace(/\s+/g, ' ').trim();
    },
  };
};
