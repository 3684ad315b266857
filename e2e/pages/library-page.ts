import { expect, type Locator, type Page } from '@playwright/test';
import { takeChoice } from './lists';

/** The Library screen. */
export type LibraryPage = {
  readonly rows: Locator;
  readonly row: (name: string) => Locator;
  /** Goes there, with the uploads as rows. */
  readonly show: () => Promise<void>;
  /** Opens a row's menu and chooses from it. */
  readonly choose: (name: string, entry: string) => Promise<void>;
  /** Deletes at the host through menu and question without the wait for Undo, puts the answer away and gives its word. */
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
      await expect(page.getByRole('heading', { name: 'Library', exact: true })).toBeVisible();
      // Rows tell more in words than tiles do.
      await takeChoice(page.getByRole('radio', { name: 'List' }));
    },
    delete: async (name) => {
      await choose(name, 'Delete on the host…');
      await page.getByRole('alertdialog').getByRole('button', { name: 'Delete on the host' }).click();
      const bar = page.getByRole('region', { name: 'Actions in progress' });
      await bar.getByRole('button', { name: 'Delete now' }).click();
      await bar.getByText(/^Deletion finished/).waitFor();
      await bar.getByRole('button', { name: 'Details' }).click();
      const answer = page.getByRole('dialog', { name: 'Deletion' });
      const words = await answer.getByRole('listitem').innerText();
      await page.keyboard.press('Escape');
      await expect(answer).toBeHidden();
      await bar.getByRole('button', { name: 'Dismiss' }).click();
      await expect(bar).toBeHidden();
      return words.replace(/\s+/g, ' ').trim();
    },
  };
};
