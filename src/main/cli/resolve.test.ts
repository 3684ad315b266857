import { describe, expect, it } from 'vitest';
import type { Draft } from './draft';
import { resolveDraft } from './resolve';

const folderOf = async (folder: string): Promise<unknown> => {
  const draft: Draft = { verb: 'accounts-add', json: false, name: 'other', provider: 'picferry', url: null, folder, settings: {}, secrets: [] };
  const command = await resolveDraft(draft, { cwd: '/work', stdin: () => Promise.resolve('') } as unknown as Parameters<typeof resolveDraft>[1]);
  return 'settings' in command ? command.settings : null;
};

describe('the folder of another Picferry', () => {
  it('counts from where the command runs, or from home', async () => {
    expect([await folderOf('../second'), await folderOf('/second'), await folderOf('~x')]).toEqual([{ folder: '/second' }, { folder: '/second' }, { folder: '/work/~x' }]);
    // In quotes a shell leaves it as it is.
    expect([await folderOf('~/second'), await folderOf('~')]).toEqual([{ folder: '~/second' }, { folder: '~' }]);
  });
});
