import { dropFiles, expect, test } from '../pages/world';

test('an account is added in two steps with the keyboard alone, tested, and becomes the default', async ({ open, host, file, control }) => {
  const { page, upload } = await open();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Add an account');
  await page.keyboard.press('Enter');
  const form = page.getByRole('dialog', { name: 'Add an account' });
  await expect(form).toBeVisible();

  const kind = form.getByRole('combobox', { name: /^Kind of host/ });
  await kind.focus();
  await page.keyboard.press('Enter');
  const wizs = page.getByRole('option', { name: /WiZs/ });
  await expect(wizs).toBeVisible();
  await page.keyboard.type('WiZ');
  await page.keyboard.press('Enter');
  await expect(kind).toHaveText(/WiZs/);

  const address = form.getByRole('textbox', { name: 'Address of the site' });
  await address.focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('http://pictures.example.com');
  await expect(form.getByText('This address is not encrypted (http). Picferry sends keys and pictures over the internet only with https.')).toBeVisible();
  await expect(form.getByRole('button', { name: 'Next' })).toBeDisabled();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('not an address');
  await expect(form.getByText('This is not the address of a site.')).toBeVisible();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('nonsense');
  await page.keyboard.press('Enter');
  await expect(form.getByText('This name has no dot.')).toBeVisible();
  await expect(form.getByRole('button', { name: 'Next' })).toBeDisabled();
  await page.keyboard.press('Control+a');
  await page.keyboard.type(`${host.baseUrl}/wizs/api/v1/upload.php`);
  await expect(form.getByText(`Uses ${host.baseUrl}/wizs`)).toBeVisible();
  await page.keyboard.press('Enter');

  await expect(form.getByText('Step 2 of 2')).toBeVisible();
  const name = form.getByRole('textbox', { name: 'Name', exact: true });
  await name.focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('My site');
  await form.locator('input[type=password]').first().focus();
  await page.keyboard.type('a wrong key');
  await form.getByRole('button', { name: 'Test' }).focus();
  await page.keyboard.press('Enter');
  await expect(form.getByText('Uploading cannot work like this.')).toBeVisible();
  await expect(form.getByText('My site did not accept the key.')).toBeVisible();
  await form.locator('input[type=password]').first().focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type(host.keys.wizs);
  await form.getByRole('button', { name: 'Test' }).focus();
  await page.keyboard.press('Enter');
  await expect(form.getByText('Uploading can work.')).toBeVisible();
  await name.focus();
  await page.keyboard.press('Enter');
  await expect(form).toBeHidden();

  await expect(page.getByRole('button', { name: 'Account in use: My site. Ready' })).toBeVisible();
  await dropFiles(page, [await file('mine.png')]);
  await expect(upload.row('mine.png')).toContainText('to My site');
  await expect(upload.row('mine.png')).toContainText('Uploaded');
  expect((await control.files('wizs')).length).toBe(1);
});

test('SM.MS says before the first upload that its public interface is closed', async ({ open, addAccounts }) => {
  await addAccounts('smms');
  const { page } = await open();
  await expect(page.getByText('Before you upload to smms')).toBeVisible();
  await page.getByRole('button', { name: 'Dismiss' }).last().click();
  await expect(page.getByText('Before you upload to smms')).toBeHidden();
});

test('another account takes over by one choice, and a removed one leaves its uploads in the library', async ({ open, addAccounts, cli, file }) => {
  await addAccounts('wizs', 'chevereto');
  await file('stays.png');
  await cli('upload', 'files/stays.png', '--account', 'chevereto');
  const { page, library } = await open();
  await page.getByRole('button', { name: /Account in use: wizs/ }).click();
  await page.getByRole('menuitem', { name: 'chevereto' }).click();
  await expect(page.getByRole('button', { name: /Account in use: chevereto/ })).toBeVisible();
  await page.keyboard.press('Control+,');
  await page.getByRole('button', { name: 'Remove: chevereto' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove account' }).click();
  await expect(page.getByRole('button', { name: 'Remove: chevereto' })).toBeHidden();
  await library.show();
  await expect(library.row('stays.png')).toBeVisible();
  expect(await library.delete('stays.png')).toContain('The account "chevereto" is no longer there');
});
