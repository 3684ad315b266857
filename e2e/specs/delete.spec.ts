import type { FaultInput } from '../../src/host/faults';
import { expect, hostNames, test, type HostName } from '../pages/world';

/** Answers that mean "no, and it is still there", as each host words it. */
const refusals: Readonly<Record<HostName, FaultInput>> = {
  imgurl: { call: 'delete', status: 200, html: '不是有效的token' },
  chevereto: { call: 'delete', status: 404, html: true },
  smms: { call: 'delete', status: 200, json: { code: 'error', msg: 'You may not delete this' } },
  wizs: { call: 'delete', status: 403, json: { result: 'failed', code: 403, message: 'wrong key' } },
};

for (const account of hostNames)
  test(`deleting at ${account} says in words what is true at the host`, async ({ open, file, addAccounts, cli, control }) => {
    await addAccounts(account);
    const names = ['gone.png', 'before.png', 'unsure.png', 'refused.png'];
    for (const name of names) await file(name);
    const sent = await cli('upload', ...names.map((name) => `files/${name}`), '--json', '--show-delete-links');
    expect(sent.err).toBe('');
    const links = JSON.parse(sent.out) as { readonly deleteUrl: string; readonly url: string }[];
    const { page, library } = await open();
    await library.show();
    await expect(library.rows).toHaveCount(4);
    const stored = async (name: string): Promise<boolean> => (await control.files(account)).some((one) => one.name === name && !one.deleted);

    await library.choose('gone.png', 'Delete on the host…');
    const question = page.getByRole('alertdialog');
    await expect(question).toContainText(`Delete 1 picture on ${account}?`);
    await question.getByRole('button', { name: 'Cancel' }).click();
    expect(await stored('gone.png')).toBe(true);

    expect(await library.delete('gone.png')).toContain('Deleted');
    expect(await stored('gone.png')).toBe(false);
    expect((await fetch(links[0]?.url ?? '')).status).toBe(404);
    await expect(library.row('gone.png')).toContainText('Deleted');

    await fetch(links[1]?.deleteUrl ?? '', { redirect: 'manual' });
    expect(await stored('before.png')).toBe(false);
    expect(await library.delete('before.png')).toContain('Was already gone');

    await control.fail({ dialect: account, call: 'delete', status: 500, html: true });
    expect(await library.delete('unsure.png')).toContain('Not confirmed');
    expect(await stored('unsure.png')).toBe(true);
    await expect(library.row('unsure.png')).toContainText('Deletion not confirmed');

    await control.fail({ dialect: account, ...refusals[account] });
    expect(await library.delete('refused.png')).toContain('Refused');
    expect(await stored('refused.png')).toBe(true);
    await expect(library.row('refused.png')).toContainText('Deletion refused');
  });
